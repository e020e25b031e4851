using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>The evidence for the guard's judgement.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">The device's kernel name.</param>
/// <param name="Planned">The planned layout.</param>
/// <param name="Recorded">The first witness: the ledger's record.</param>
/// <param name="Survey">The second witness: the labels on the device.</param>
public sealed record LayoutEvidence(
    DeviceIdentity Identity, string Name, DeviceLayout Planned, LayoutRecordResult Recorded, LabelSurvey Survey)
{
    /// <summary>The third witness: the other content of the device; null if it was not read.</summary>
    public ContentSurvey? Content { get; init; }
}
