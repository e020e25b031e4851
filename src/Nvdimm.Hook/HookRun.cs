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
    /// <summary>
    /// Runs a hook point and returns the exit status. Every failure becomes a log line and the failure status of the point. Only a lack of
    /// memory is thrown, and only at points that may fail.
    /// </summary>
    /// <param name="context">The inputs of the hook.</param>
    /// <param name="say">Takes the log line, if there is one, and whether it reports a failure.</param>
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
            // There is no memory left to report with. At the other points the exception aborts the program, which refuses the operation.
            return ExitStatus.Good;
        }
    }

    private static int Finish(HookContext context, IHookPoint point, HookResult result, Action<string, bool> say)
    {
        // A point with nothing to report or do must not depend on the configuration.
        var isSimulation = context.Invocation.Options.IsSimulation
            || (!result.IsNothing && context is { HasConfiguration: true, IsSimulation: true });
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

            result.Commit?.Invoke();
            return result;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var kept = result.RollBack?.Invoke() ?? [];
            return HookResult.Of([FindingOf(failure), .. result.Findings, .. kept]) with { Subject = result.Subject };
        }
    }

    private static Finding FindingOf(Exception failure) => failure switch
    {
        HookException hook => hook.Finding,
        LayoutLedgerException or ProbeException or IOException or UnauthorizedAccessException =>
            HookException.Failed("A hook", failure).Finding,
        _ => Finding.Error(
            NvdimmCodes.HookFailed, ("what", "A hook"), ("reason", $"unexpected {failure.GetType().Name}: {failure.Message.TrimEnd('.')}")),
    };
}
