namespace Nvdimm.Extensions.Devices;

/// <summary>A range of bad blocks, in units of 512 bytes from the start of the namespace.</summary>
/// <param name="Offset">The first bad block.</param>
/// <param name="Length">The number of bad blocks.</param>
public readonly record struct BadBlockRange(long Offset, long Length);
