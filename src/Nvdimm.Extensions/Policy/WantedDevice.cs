using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>A device that an operation is about.</summary>
/// <param name="Name">The kernel name where it is known, otherwise what was asked for.</param>
/// <param name="Uuid">The uuid that the device has now, otherwise the one that was noted or asked for; null where there is none.</param>
/// <param name="Matches">The devices of the host that it stands for.</param>
/// <param name="Attached">The VM's own attachment of it; null where it has none.</param>
internal sealed record WantedDevice(string Name, Guid? Uuid, ValueList<NvdimmDevice> Matches, AttachedNvdimm? Attached)
{
    /// <summary>The device; null where none or several match.</summary>
    public NvdimmDevice? Device => Matches.Count == 1 ? Matches[0] : null;
}
