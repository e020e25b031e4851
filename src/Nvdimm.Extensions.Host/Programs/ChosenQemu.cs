using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>A QEMU to check.</summary>
/// <param name="Architecture">An architecture of its guests, which stands for the whole family.</param>
/// <param name="Program">The program: a path, or a name that is looked up in PATH.</param>
public sealed record ChosenQemu(GuestArchitecture Architecture, string Program);
