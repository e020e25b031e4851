using Nvdimm.Page;

namespace Nvdimm.DevEngine;

/// <summary>Runs an engine until it is stopped.</summary>
internal static class Startup
{
    /// <summary>Starts the engine, prints its address and who can log in, and waits until it is stopped.</summary>
    /// <returns>0 after a stop; <see cref="ExitStatus.CannotListen"/> if it cannot listen.</returns>
    public static async Task<int> RunAsync(
        DevEngineOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var password = "";
        await using var app = DevEngineApp.Create(options, TimeProvider.System, text => password = text);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception refused) when (Listening.WhyNot(refused, "--urls") is { } reason)
        {
            await error.WriteLineAsync($"nvdimm-devengine: cannot listen on {options.Urls}: {reason}");
            return ExitStatus.CannotListen;
        }

        foreach (var line in StartupMessage.Of(app.Urls, options, password))
        {
            await output.WriteLineAsync(line);
        }

        await app.WaitForShutdownAsync(cancellationToken);
        return ExitStatus.Stopped;
    }
}
