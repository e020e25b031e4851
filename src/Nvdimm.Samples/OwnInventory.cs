using Microsoft.Extensions.DependencyInjection;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Samples;

/// <summary>An inventory of one's own: the management application has the listings of its hosts, for example from an agent.</summary>
internal static class OwnInventory
{
    public static async Task RunAsync(TextWriter output)
    {
        var services = new ServiceCollection();
        services.AddSingleton<INvdimmInventory>(new AgentInventory(new() { ["host1"] = SampleDevices.AllModesJson }));
        services.AddNvdimmHostDevices();
        await using var provider = services.BuildServiceProvider();

        var categories = provider.GetRequiredService<HostDeviceCategories>();
        foreach (var host in new[] { new HostReference("h1", "host1"), new HostReference("h2", "host2") })
        {
            foreach (var listing in await categories.ListAsync(host))
            {
                var findings = string.Join(" ", listing.Findings.Select(finding => finding.Message));
                var usable = listing.Devices.Count(device => device.IsUsable);
                await output.WriteLineAsync($"{host.Name}: {usable} devices for VMs. {findings}".TrimEnd());
            }
        }
    }

    private sealed class AgentInventory(Dictionary<string, string> received) : INvdimmInventory
    {
        public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (!received.TryGetValue(host.Name, out var text))
            {
                // A host that did not report is not a host without devices.
                throw new NvdimmInventoryException(host.Name, "its agent has not reported");
            }

            NdctlListing listing = NdctlParser.Parse(text);
            return new NvdimmInventory(listing.Devices) { Findings = listing.Findings, IsComplete = listing.IsComplete };
        }
    }
}
