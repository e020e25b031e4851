using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Planning;

/// <summary>A device that an administrator names.</summary>
/// <param name="Identity">What it is recognised by.</param>
/// <param name="Name">Its kernel name; of the record where the host does not show it.</param>
/// <param name="Path">Its device file; of the record where the host does not show it.</param>
internal sealed record KnownDevice(DeviceIdentity Identity, string Name, string Path);
