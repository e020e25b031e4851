namespace Nvdimm.Extensions.Sizing;

/// <summary>What the addresses of a guest have to reach over.</summary>
/// <param name="Ram">The RAM that it boots with, in bytes.</param>
/// <param name="MaxMemory">Its maximum memory, in bytes.</param>
/// <param name="Slots">Its memory slots.</param>
/// <param name="IsAmd">Whether its CPU is one of AMD's.</param>
internal readonly record struct GuestRoom(long Ram, long MaxMemory, int Slots, bool IsAmd);
