using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Hooks;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Hook.Output;
using Nvdimm.Hook.Points;

namespace Nvdimm.Hook;

/// <summary>One run of a hook: from the payload to the exit status.</summary>
internal static class HookRun
{
    /// <summary>Runs it. Whatever goes wrong is a line and the point's status; only a lack of memory is thrown, where the point may fail.</summary>
    /// <param name="context">What it works with.</param>
    /// <param name="say">Where the line goes, if there is one, and whether it is about a failure.</param>
    public static int Run(HookContext context, Action<string, bool> say)
    {
        var point = context.Invocation.Work;
        try
        {
            return Finish(context, point, point.Run(context), say);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return Finish(context, point, HookResult.Of(FindingOf(failure)), say);
        }
        catch (OutOfMemoryException) when (point.FailureStatus == ExitStatus.Good)
        {
            // There is no memory to say it with. Elsewhere the program is aborted, which refuses.
            return ExitStatus.Good;
        }
    }

    private static int Finish(HookContext context, IHookPoint point, HookResult result, Action<string, bool> say)
    {
        // What has nothing to say and to do does not depend on the configuration.
        var isSimulation = context.Invocation.Options.IsSimulation || (!result.IsNothing && context is { HasConfiguration: true, IsSimulation: true });
        if (!result.IsRefused && !isSimulation)
        {
            result = Do(context, result);
        }

        if (HookLine.Of(context.Invocation.Point!, result, isSimulation) is { } line)
        {
            say(line, result.IsRefused);
        }

        return result.IsRefused && !isSimulation ? point.FailureStatus : ExitStatus.Good;
    }

    private static HookResult Do(HookContext context, HookResult result)
    {
        try
        {
            if (result.NewPayload is { } text)
            {
                context.Payload.Replace(text);
            }

            result.Complete?.Invoke();
            return result;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var kept = result.GiveUp?.Invoke() ?? [];
            return HookResult.Of([FindingOf(failure), .. result.Findings, .. kept]) with { Subject = result.Subject };
        }
    }

    private static Finding FindingOf(Exception failure) => failure switch
    {
        HookException known => known.Finding,
        LayoutLedgerException or ProbeException or IOException or UnauthorizedAccessException => HookException.Failed("A hook", failure).Finding,
        _ => Finding.Error(NvdimmCodes.HookFailed, ("what", "A hook"), ("reason", $"unexpected {failure.GetType().Name}: {failure.Message.TrimEnd('.')}")),
    };
}
