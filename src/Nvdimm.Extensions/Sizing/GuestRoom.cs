namespace Nvdimm.Extensions.Sizing;

/// <summary>The figures from which the highest guest address follows.</summary>
/// <param name="Ram">The RAM that the guest boots with, in bytes.</param>
/// <param name="MaxMemory">The maximum memory, in bytes.</param>
/// <param name="Slots">The number of memory slots.</param>
/// <param name="IsAmd">Whether the guest's CPU model is one of AMD's.</param>
internal readonly record struct GuestRoom(long Ram, long MaxMemory, int Slots, bool IsAmd);
