using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Management;
using Nvdimm.Extensions.Engine.Models;
using Nvdimm.Extensions.Engine.Rest;

namespace Nvdimm.Cli.Engines;

/// <summary>An engine, and the NVDIMM category beside it.</summary>
internal sealed class EngineSession(OvirtClient client, INvdimmInventory inventory, string? record)
{
    /// <summary>Lists, previews, attaches, detaches, audits.</summary>
    public HostDeviceManager Manager { get; } = new(client, new NvdimmCategory(inventory), record is null ? null : new FileAttachmentRecords(record));

    /// <summary>The hosts.</summary>
    public IAsyncEnumerable<OvirtHost> ListHostsAsync(CancellationToken cancellationToken) => client.ListHostsAsync(search: null, cancellationToken);

    /// <summary>The host of a name or id.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public async Task<HostReference> HostAsync(string name, CancellationToken cancellationToken) =>
        await Manager.ListHostsAsync(cancellationToken).FirstOrDefaultAsync(host => host.Name == name || host.Id == name, cancellationToken).ConfigureAwait(false)
        ?? throw new BadInputException($"the engine has no host '{name}'");

    /// <summary>The VM of a name or id.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public async Task<OvirtVm> VmAsync(string name, CancellationToken cancellationToken)
    {
        var isPlain = name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');
        var found = await client.ListVmsAsync(isPlain ? $"name={name}" : null, cancellationToken).FirstOrDefaultAsync(vm => vm.Name == name, cancellationToken).ConfigureAwait(false);
        return found
            ?? (isPlain ? await client.GetVmAsync(name, cancellationToken).ConfigureAwait(false) : null)
            ?? throw new BadInputException($"the engine has no VM '{name}'");
    }
}
