namespace Nvdimm.Extensions.Host.Labels;

/// <summary>
/// A place with the signature of labels where neither of the two indexes is valid: damaged labels, or data that looks like labels.
/// </summary>
/// <param name="Offset">The offset of the label area from the start of the device.</param>
/// <param name="Hash">The hash of the area, in the form of <see cref="LabelArea.Hash"/>.</param>
public sealed record DamagedLabels(ByteSize Offset, string Hash);
