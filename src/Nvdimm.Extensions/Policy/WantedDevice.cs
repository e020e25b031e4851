using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device that an operation is about.</summary>
/// <param name="Name">The kernel name where it was found, otherwise what was asked for.</param>
/// <param name="Device">The device; null where none or several match.</param>
/// <param name="Matches">All that match.</param>
internal sealed record WantedDevice(string Name, NvdimmDevice? Device, ValueList<NvdimmDevice> Matches);
