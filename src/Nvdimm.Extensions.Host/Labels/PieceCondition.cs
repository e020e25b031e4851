namespace Nvdimm.Extensions.Host.Labels;

/// <summary>A condition on two pieces of the same length.</summary>
internal delegate bool PieceCondition(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other);
