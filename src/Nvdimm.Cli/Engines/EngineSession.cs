using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Cli.Engines;

/// <summary>An engine, and the NVDIMM category beside it.</summary>
internal sealed class EngineSession
{
    private readonly OvirtClient client;
    private readonly FileAttachmentRecords? records;

    /// <summary>A session.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="inventory">Who tells what the hosts have.</param>
    /// <param name="record">The file where attachments are noted; null without one.</param>
    public EngineSession(OvirtClient client, INvdimmInventory inventory, string? record)
    {
        this.client = client;
        records = record is null ? null : new FileAttachmentRecords(record);
        Manager = new HostDeviceManager(client, new NvdimmCategory(inventory), records);
    }

    /// <summary>Lists, previews, attaches, detaches, audits.</summary>
    public HostDeviceManager Manager { get; }

    /// <summary>The hosts.</summary>
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(CancellationToken cancellationToken) => client.ListHostsAsync(search: null, cancellationToken);

    /// <summary>The host of a name or id.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public async Task<HostReference> HostAsync(string name, CancellationToken cancellationToken) =>
        await Manager.ListHostsAsync(cancellationToken).FirstOrDefaultAsync(host => host.Name == name || host.Id == name, cancellationToken).ConfigureAwait(false)
        ?? throw new BadInputException($"the engine has no host '{name}'");

    /// <summary>The VM of a name or id.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public async Task<OvirtVm> VmAsync(string name, CancellationToken cancellationToken) =>
        await FindVmAsync(name, cancellationToken).ConfigureAwait(false) ?? throw NoVm(name);

    /// <summary>The id of the VM of a name or id, also of one that is deleted and has devices in the record.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public async Task<string> VmIdAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindVmAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found.Id;
        }

        return records is not null && (await records.ReadAsync(cancellationToken).ConfigureAwait(false)).ContainsKey(name) ? name : throw NoVm(name);
    }

    private static BadInputException NoVm(string name) => new($"the engine has no VM '{name}'");

    private async Task<OvirtVm?> FindVmAsync(string name, CancellationToken cancellationToken)
    {
        var isPlain = name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        var found = await client.ListVmsAsync(isPlain ? $"name={name}" : null, cancellationToken).FirstOrDefaultAsync(vm => vm.Name == name, cancellationToken).ConfigureAwait(false);
        return found
            ?? (isPlain ? await client.GetVmAsync(name, cancellationToken).ConfigureAwait(false) : null);
    }
}
