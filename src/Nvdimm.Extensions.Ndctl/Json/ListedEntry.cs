using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// One entry of a listing: a namespace, which is mapped as soon as it is read so that nothing else of it stays in memory,
/// or a bus, region or DIMM.
/// </summary>
internal readonly record struct ListedEntry(NvdimmDevice? Device, ListedObject? Object);
