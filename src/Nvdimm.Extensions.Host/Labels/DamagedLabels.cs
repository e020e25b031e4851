namespace Nvdimm.Extensions.Host.Labels;

/// <summary>What has the signature of labels, but neither of its two indexes is whole: labels that were damaged, or data that looks like some.</summary>
/// <param name="Offset">Where their area starts, from the start of the device.</param>
/// <param name="Hash">The hash of the area, in the form of <see cref="LabelArea.Hash"/>.</param>
public sealed record DamagedLabels(ByteSize Offset, string Hash);
