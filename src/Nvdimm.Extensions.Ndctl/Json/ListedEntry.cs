using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// One entry of a listing. A namespace is converted to a device as soon as it is read, so that nothing else of it stays in memory; a bus,
/// region or DIMM stays an object.
/// </summary>
internal readonly struct ListedEntry
{
    private readonly object item;

    public ListedEntry(NvdimmDevice device) => item = device;

    public ListedEntry(ListedObject listed) => item = listed;

    public NvdimmDevice? Device => item as NvdimmDevice;

    public ListedObject? Object => item as ListedObject;
}
