using Nvdimm.Extensions.Host.Labels;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>What the device itself says against a plan.</summary>
internal static class LabelWitness
{
    public static IEnumerable<(LayoutGuardVerdict Verdict, Finding Finding)> Hear(LayoutEvidence evidence)
    {
        var (survey, planned, record) = (evidence.Survey, evidence.Planned, evidence.Recorded.Record);
        if (survey.UnreadableReason is { } reason)
        {
            return [(LayoutGuardVerdict.Unknown, Finding.Error(
                NvdimmCodes.LayoutUnreadable, ("device", evidence.Name), ("path", survey.Path), ("reason", reason)))];
        }

        var found = new List<(LayoutGuardVerdict Verdict, Finding Finding)>();
        if (survey.DeviceSize is { } size && size != planned.DeviceSize)
        {
            found.Add((LayoutGuardVerdict.Resized, Finding.Error(
                NvdimmCodes.LayoutResized, ("device", evidence.Name), ("actual", $"{size.Bytes}"), ("recorded", $"{planned.DeviceSize.Bytes}"))));
        }

        var here = survey.At(planned.LabelOffset);
        var elsewhere = survey.Found.Where(labels => labels.Offset != planned.LabelOffset).ToList();
        if (elsewhere.Count + (here is null ? 0 : 1) > 1)
        {
            found.Add((LayoutGuardVerdict.Ambiguous, Ambiguous(evidence, here, elsewhere)));
        }
        else if (elsewhere.Count == 1)
        {
            found.Add((LayoutGuardVerdict.Moved, Moved(evidence, elsewhere[0])));
        }
        else if (here is null && !survey.Damaged.Any(labels => labels.Offset == planned.LabelOffset) && record is { Layout: { } layout, LabelHash: { } hash })
        {
            found.Add((LayoutGuardVerdict.Unknown, Finding.Error(
                NvdimmCodes.LayoutLabelsMissing, ("device", evidence.Name), ("offset", $"{layout.LabelOffset.Bytes}"), ("labels", hash))));
        }

        // Beside whole labels at their place, what is left of others is of use to no guest.
        if (here is null)
        {
            found.AddRange(survey.Damaged.Select(labels => (LayoutGuardVerdict.Unknown, Finding.Error(
                NvdimmCodes.LayoutLabelsDamaged, ("device", evidence.Name), ("offset", $"{labels.Offset.Bytes}"), ("labels", labels.Hash)))));
        }

        if (planned.GuestUuid is { } uuid)
        {
            found.AddRange(survey.Found.SelectMany(labels => Foreign(evidence.Name, uuid, labels)).Distinct());
        }

        return here is null ? found : [.. found, .. AtTheirPlace(evidence, here)];
    }

    /// <summary>Labels that were written under another uuid, wherever they are: the guest would not take them for its own.</summary>
    private static IEnumerable<(LayoutGuardVerdict Verdict, Finding Finding)> Foreign(string device, Guid uuid, FoundLabels labels)
    {
        var expected = LabelCookie.Of(uuid, labels.Area);
        foreach (var label in labels.Area.Labels.Where(label => label.Cookie != expected).DistinctBy(label => label.Cookie))
        {
            yield return (LayoutGuardVerdict.Foreign, Finding.Error(
                NvdimmCodes.LayoutForeign,
                ("device", device),
                ("cookie", label.CookieText),
                ("uuid", uuid.ToString("D")),
                ("expected", (label with { Cookie = expected }).CookieText)));
        }
    }

    /// <summary>Labels where they should be: does the guest get all that they speak of, and are they known?</summary>
    private static IEnumerable<(LayoutGuardVerdict Verdict, Finding Finding)> AtTheirPlace(LayoutEvidence evidence, FoundLabels here)
    {
        if (here.Area.NamespacesEnd > evidence.Planned.GuestSize)
        {
            yield return (LayoutGuardVerdict.Moved, Finding.Error(
                NvdimmCodes.LayoutCutsNamespaces,
                ("device", evidence.Name),
                ("offset", $"{here.Offset.Bytes}"),
                ("end", $"{here.Area.NamespacesEnd.Bytes}"),
                ("guest", $"{evidence.Planned.GuestSize.Bytes}")));
        }

        if (evidence.Recorded.Record?.Layout is null)
        {
            yield return (LayoutGuardVerdict.Same, Finding.Warning(
                NvdimmCodes.LayoutNotRecorded, ("device", evidence.Name), ("offset", $"{here.Offset.Bytes}")));
        }
        else if (evidence.Recorded.Record is { LabelHash: { } recorded, LabelSum: var sum } && (sum is null ? recorded != here.Area.Hash : sum != here.Area.Sum))
        {
            yield return (LayoutGuardVerdict.Same, Finding.Warning(
                NvdimmCodes.LayoutLabelsChanged, ("device", evidence.Name), ("recorded", recorded), ("labels", here.Area.Hash)));
        }
    }

    private static Finding Moved(LayoutEvidence evidence, FoundLabels labels) => Finding.Error(
        NvdimmCodes.LayoutMoved,
        ("device", evidence.Name),
        ("offset", $"{labels.Offset.Bytes}"),
        ("planned", $"{evidence.Planned.LabelOffset.Bytes}"),
        ("by", OriginOf(evidence, labels)),
        ("labels", labels.Area.Hash));

    /// <summary>The labels at the planned offset change with each namespace that the guest makes; the others are what is to be accepted.</summary>
    private static Finding Ambiguous(LayoutEvidence evidence, FoundLabels? here, List<FoundLabels> elsewhere) => Finding.Error(
        NvdimmCodes.LayoutAmbiguous,
        ("device", evidence.Name),
        ("offsets", string.Join(", ", elsewhere.Concat(here is null ? [] : [here]).OrderBy(labels => labels.Offset).Select(labels => $"{labels.Offset.Bytes}"))),
        ("planned", $"{evidence.Planned.LabelOffset.Bytes}"),
        ("labels", string.Join(", ", elsewhere.Select(labels => labels.Area.Hash))));

    private static string OriginOf(LayoutEvidence evidence, FoundLabels labels) =>
        LayoutCandidates.For(evidence.Planned, evidence.Recorded.Record?.Layout)
            .FirstOrDefault(candidate => candidate.Place.Offset == labels.Offset && candidate.Place.Size == labels.Area.Size)?.Origin
        ?? $"a backend of {labels.Offset.Bytes + labels.Area.Size.Bytes} bytes that no known layout asks for";
}
