using Nvdimm.DevEngine.Storage;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Host.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.DevEngine.Hosts;

/// <summary>The NVDIMMs of the hosts, from captures and from this machine.</summary>
internal sealed class DevelopmentInventory(EngineDatabase database, DevEngineOptions options) : INvdimmInventory
{
    private readonly NdctlRunner ndctl = new(useReader: new SysfsDeviceUseReader());

    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var source = database.Read(session => session.Host(host.Id)).Source;
        if (HostSources.CaptureOf(source) is { } capture)
        {
            using var stream = Resource.Open($"captures/{capture}")
                ?? throw new NvdimmInventoryException(host.Name, $"there is no capture '{capture}'");
            return Of(await NdctlParser.ParseAsync(stream, cancellationToken));
        }

        var listed = options.UsesNdctl ? await NdctlAsync(host, cancellationToken) : new NvdimmInventory([]);
        return listed with { Devices = [.. listed.Devices, .. Files(host)] };
    }

    private static NvdimmInventory Of(NdctlListing listing) =>
        new(listing.Devices) { Findings = listing.Findings, IsComplete = listing.IsComplete };

    private async Task<NvdimmInventory> NdctlAsync(HostReference host, CancellationToken cancellationToken)
    {
        try
        {
            return Of(await ndctl.ListAsync(cancellationToken));
        }
        catch (NdctlException failed)
        {
            throw new NvdimmInventoryException(host.Name, failed.Message, failed);
        }
    }

    private ValueList<Extensions.Devices.NvdimmDevice> Files(HostReference host)
    {
        try
        {
            return DeviceFiles.Read(options.DeviceFiles);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            throw new NvdimmInventoryException(host.Name, unread.Message, unread);
        }
    }
}
