using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Planning;

/// <summary>A device of the host as the VM would get it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Sized">What sizing it came to; null where its size is not known.</param>
internal sealed record Candidate(NvdimmDevice Device, SizingResult? Sized);
