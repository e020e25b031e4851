using Nvdimm.Cli;
using Nvdimm.Page;

namespace Nvdimm.EngineService;

/// <summary>Runs the service until it is stopped.</summary>
internal static class Startup
{
    /// <summary>Starts the service, prints where it listens, and waits until it is stopped. What goes wrong is one line.</summary>
    /// <returns>An exit status of the tool: 0 after a stop.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var options = ServiceOptions.Read(args);
            await using var app = ServiceApp.Create(options);
            try
            {
                await app.StartAsync();
            }
            catch (Exception refused) when (Listening.WhyNot(refused, "--listen") is { } reason)
            {
                await error.WriteLineAsync($"nvdimm-engine-service: cannot listen on {options.Listen}: {reason}");
                return ExitStatus.Failed;
            }

            await output.WriteLineAsync($"Page      {app.Urls.Single()}/");
            await output.WriteLineAsync($"Services  {app.Urls.Single()}{PageServices.Path}/");
            await output.WriteLineAsync($"Engine    {options.Url}");
            await output.FlushAsync();
            await app.WaitForShutdownAsync();
            return ExitStatus.Good;
        }
        catch (ServiceOptionException wrong)
        {
            await error.WriteLineAsync($"nvdimm-engine-service: {wrong.Message}");
            return wrong.Status;
        }
    }
}
