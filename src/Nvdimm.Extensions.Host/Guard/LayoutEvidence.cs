using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>What the guard judges by.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Name">Its kernel name.</param>
/// <param name="Planned">The layout that it is to be used with.</param>
/// <param name="Recorded">The first witness: what the ledger has.</param>
/// <param name="Survey">The second witness: what is on the device.</param>
public sealed record LayoutEvidence(DeviceIdentity Identity, string Name, DeviceLayout Planned, LayoutRecordResult Recorded, LabelSurvey Survey)
{
    /// <summary>What else is on the device; null where it was not looked at.</summary>
    public ContentSurvey? Content { get; init; }
}
