using Nvdimm.Extensions.Host.Content;
using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>The evidence that the guard's check uses.</summary>
public sealed record LayoutEvidence
{
    /// <summary>The device.</summary>
    public required DeviceIdentity Identity { get; init; }

    /// <summary>The device's kernel name.</summary>
    public required string Name { get; init; }

    /// <summary>The planned layout.</summary>
    public required DeviceLayout Planned { get; init; }

    /// <summary>The first witness: the ledger's record.</summary>
    public required LayoutRecordResult Recorded { get; init; }

    /// <summary>The second witness: the labels on the device.</summary>
    public required LabelSurvey Survey { get; init; }

    /// <summary>The third witness: the other content of the device; null if it was not read.</summary>
    public ContentSurvey? Content { get; init; }
}
