using Nvdimm.Cli;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Hook.Tests.Lifecycles;

/// <summary>The tool on a host of the model, whose ndctl lists what sysfs shows.</summary>
internal sealed class ModelTool(LifecycleHost host) : INdctlRunner
{
    /// <summary>Runs a command line.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(LifecycleHost host, string[] arguments)
    {
        using var input = new MemoryStream();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new ToolEnvironment(input, output, error, () => new ModelTool(host)) { Root = host.Root };
        var status = Task.Run(() => new NvdimmTool(environment).RunAsync(arguments)).GetAwaiter().GetResult();
        return $"{status}: {output} {error}";
    }

    public Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult(new NdctlListing
        {
            Devices = new SysfsNvdimmReader(host.Root).List(),
            Findings = [],
            Shape = NdctlListingShape.Namespaces,
            IsComplete = true,
        });
}
