namespace Nvdimm.Fuzzing.Shared;

/// <summary>A part of an input that means something: an object, an element, a text, a number.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct InputPart(int Start, int Length);
