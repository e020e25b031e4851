using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Planning;

/// <summary>A device that an administrator names.</summary>
/// <param name="Identity">The identity of the device.</param>
/// <param name="Name">The kernel name; from the record if the host does not show the device.</param>
/// <param name="Path">The device file; from the record if the host does not show the device.</param>
internal sealed record KnownDevice(DeviceIdentity Identity, string Name, string Path);
