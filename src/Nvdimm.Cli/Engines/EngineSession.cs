using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Cli.Engines;

/// <summary>A connection to an engine, with the NVDIMM category on top.</summary>
internal sealed class EngineSession
{
    private readonly OvirtClient client;
    private readonly FileAttachmentRecords? records;

    /// <summary>Creates a session.</summary>
    /// <param name="client">The engine's client.</param>
    /// <param name="inventory">Reads the devices of the hosts.</param>
    /// <param name="record">The file of attachment records; null if none is kept.</param>
    public EngineSession(OvirtClient client, INvdimmInventory inventory, string? record)
    {
        this.client = client;
        records = record is null ? null : new FileAttachmentRecords(record);
        Manager = new HostDeviceManager(client, new NvdimmCategory(inventory), records);
    }

    /// <summary>Lists, previews, attaches, detaches and audits devices.</summary>
    public HostDeviceManager Manager { get; }

    /// <summary>Lists the engine's hosts.</summary>
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(CancellationToken cancellationToken) =>
        client.ListHostsAsync(search: null, cancellationToken);

    /// <summary>The host with a name or id.</summary>
    /// <exception cref="BadInputException">No host has it.</exception>
    public async Task<HostReference> HostAsync(string name, CancellationToken cancellationToken) =>
        await Manager.ListHostsAsync(cancellationToken)
            .FirstOrDefaultAsync(host => host.Name == name || host.Id == name, cancellationToken)
            .ConfigureAwait(false)
        ?? throw new BadInputException($"the engine has no host '{name}'");

    /// <summary>The VM with a name or id.</summary>
    /// <exception cref="BadInputException">No VM has it.</exception>
    public async Task<OvirtVm> VmAsync(string name, CancellationToken cancellationToken) =>
        await FindVmAsync(name, cancellationToken).ConfigureAwait(false) ?? throw NoVm(name);

    /// <summary>The id of the VM with a name or id. A deleted VM counts if it still has devices in the record.</summary>
    /// <exception cref="BadInputException">No VM has it.</exception>
    public async Task<string> VmIdAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindVmAsync(name, cancellationToken).ConfigureAwait(false) is { } vm)
        {
            return vm.Id;
        }

        return records is not null && (await records.ReadAsync(cancellationToken).ConfigureAwait(false)).ContainsKey(name)
            ? name
            : throw NoVm(name);
    }

    private static BadInputException NoVm(string name) => new($"the engine has no VM '{name}'");

    private async Task<OvirtVm?> FindVmAsync(string name, CancellationToken cancellationToken)
    {
        var isPlain = name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        var vm = await client.ListVmsAsync(isPlain ? $"name={name}" : null, cancellationToken)
            .FirstOrDefaultAsync(vm => vm.Name == name, cancellationToken)
            .ConfigureAwait(false);
        return vm
            ?? (isPlain ? await client.GetVmAsync(name, cancellationToken).ConfigureAwait(false) : null);
    }
}
