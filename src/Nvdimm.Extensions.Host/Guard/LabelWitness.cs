using Nvdimm.Extensions.Host.Labels;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Guard;

/// <summary>Compares a plan with the labels on the device.</summary>
internal static class LabelWitness
{
    public static IEnumerable<Finding> FindingsOf(LayoutEvidence evidence)
    {
        var (survey, planned, record) = (evidence.Survey, evidence.Planned, evidence.Recorded.Record);
        if (survey.UnreadableReason is { } reason)
        {
            return [Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", evidence.Name), ("path", survey.Path), ("reason", reason))];
        }

        var findings = new List<Finding>();
        if (survey.DeviceSize is { } size && size != planned.DeviceSize)
        {
            findings.Add(Finding.Error(
                NvdimmCodes.LayoutResized, ("device", evidence.Name), ("actual", $"{size.Bytes}"),
                ("recorded", $"{planned.DeviceSize.Bytes}")));
        }

        // Labels of another size at the same offset, as on POWER, are other labels: the guest would look for its second index elsewhere.
        var here = survey.Found.FirstOrDefault(labels => IsAtPlannedPlace(planned, labels));
        var elsewhere = survey.Found.Where(labels => !IsAtPlannedPlace(planned, labels)).ToList();
        if (elsewhere.Count + (here is null ? 0 : 1) > 1)
        {
            findings.Add(Ambiguous(evidence, here, elsewhere));
        }

        // Without labels at the planned offset the guest sees none, however many sets are elsewhere: to accept that there are several is
        // not to do without them.
        if (here is null)
        {
            findings.AddRange(elsewhere.Select(labels => Moved(evidence, labels)));
        }

        if (record is { Layout: { } layout, LabelHash: { } hash }
            && survey.At(layout.LabelOffset) is null
            && !survey.Damaged.Any(labels => labels.Offset == layout.LabelOffset))
        {
            findings.Add(Finding.Error(
                NvdimmCodes.LayoutLabelsMissing, ("device", evidence.Name), ("offset", $"{layout.LabelOffset.Bytes}"), ("labels", hash)));
        }

        // If valid labels are at their place, remains of others do not matter, because no guest reads them.
        if (here is null)
        {
            findings.AddRange(survey.Damaged.Select(labels => Finding.Error(
                NvdimmCodes.LayoutLabelsDamaged, ("device", evidence.Name), ("offset", $"{labels.Offset.Bytes}"),
                ("labels", labels.Hash))));
        }

        if (planned.GuestUuid is { } uuid)
        {
            findings.AddRange(survey.Found.SelectMany(labels => Foreign(evidence.Name, uuid, labels)).Distinct());
        }

        return here is null ? findings : [.. findings, .. AtTheirPlace(evidence, here, elsewhere)];
    }

    private static bool IsAtPlannedPlace(DeviceLayout planned, FoundLabels labels) =>
        labels.Offset == planned.LabelOffset && labels.Area.Size == planned.LabelSize;

    /// <summary>Findings for labels written under another uuid, at any offset: the guest would not accept them as its own.</summary>
    private static IEnumerable<Finding> Foreign(string device, Guid uuid, FoundLabels labels)
    {
        var expected = LabelCookie.Of(uuid, labels.Area);
        foreach (var label in labels.Area.Labels.Where(label => label.Cookie != expected).DistinctBy(label => label.Cookie))
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutForeign,
                ("device", device),
                ("cookie", label.CookieText),
                ("uuid", uuid.ToString("D")),
                ("expected", (label with { Cookie = expected }).CookieText));
        }
    }

    /// <summary>
    /// Findings for labels at the planned offset: whether the guest gets all its namespaces, and whether the labels are the recorded ones.
    /// </summary>
    private static IEnumerable<Finding> AtTheirPlace(LayoutEvidence evidence, FoundLabels here, List<FoundLabels> elsewhere)
    {
        if (here.Area.NamespacesEnd > evidence.Planned.GuestSize)
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutCutsNamespaces,
                ("device", evidence.Name),
                ("offset", $"{here.Offset.Bytes}"),
                ("end", $"{here.Area.NamespacesEnd.Bytes}"),
                ("guest", $"{evidence.Planned.GuestSize.Bytes}"));
        }

        if (evidence.Recorded.Record is not { Layout: { } layout } record)
        {
            yield return Finding.Warning(
                NvdimmCodes.LayoutNotRecorded, ("device", evidence.Name), ("offset", $"{here.Offset.Bytes}"));
        }
        else if (record is { LabelHash: { } hash, LabelSum: var sum })
        {
            // A guest changes its labels only where it uses them. Labels elsewhere, or beside an identical set, are a copy, and an earlier
            // acceptance of several sets must not cover a newer copy.
            var isCopy = evidence.Planned.LabelOffset != layout.LabelOffset
                || elsewhere.Exists(other => other.Area.Hash == here.Area.Hash);
            if (isCopy && here.Area.Hash != hash)
            {
                yield return Finding.Error(
                    NvdimmCodes.LayoutStaleLabels,
                    ("device", evidence.Name),
                    ("offset", $"{here.Offset.Bytes}"),
                    ("labels", here.Area.Hash),
                    ("recorded", hash),
                    ("home", $"{layout.LabelOffset.Bytes}"));
            }
            else if (sum is null ? here.Area.Hash != hash : here.Area.Sum != sum)
            {
                yield return Finding.Warning(
                    NvdimmCodes.LayoutLabelsChanged, ("device", evidence.Name), ("recorded", hash), ("labels", here.Area.Hash));
            }
        }
    }

    private static Finding Moved(LayoutEvidence evidence, FoundLabels labels) => Finding.Error(
        NvdimmCodes.LayoutMoved,
        ("device", evidence.Name),
        ("offset", $"{labels.Offset.Bytes}"),
        ("planned", $"{evidence.Planned.LabelOffset.Bytes}"),
        ("by", OriginOf(evidence, labels) + SizesOf(evidence, labels)),
        ("labels", labels.Area.Hash));

    /// <summary>
    /// The finding for several sets of labels. The labels at the planned offset change with each namespace that the guest creates, so an
    /// acceptance covers only the others.
    /// </summary>
    private static Finding Ambiguous(LayoutEvidence evidence, FoundLabels? here, List<FoundLabels> elsewhere) => Finding.Error(
        NvdimmCodes.LayoutAmbiguous,
        ("device", evidence.Name),
        ("offsets", string.Join(
            ", ",
            elsewhere.Concat(here is null ? [] : [here]).OrderBy(labels => labels.Offset)
                .Select(labels => $"{labels.Offset.Bytes}{SizesOf(evidence, labels)}"))),
        ("planned", $"{evidence.Planned.LabelOffset.Bytes}"),
        ("labels", string.Join(", ", elsewhere.Select(labels => labels.Area.Hash))));

    /// <summary>
    /// The size of an area in a message if it differs from the planned one, else empty: acceptances from before messages had sizes stay
    /// valid.
    /// </summary>
    private static string SizesOf(LayoutEvidence evidence, FoundLabels labels) => labels.Area.Size == evidence.Planned.LabelSize
        ? ""
        : $" (a label area of {labels.Area.Size.Bytes} bytes; {evidence.Planned.LabelSize.Bytes} are planned)";

    private static string OriginOf(LayoutEvidence evidence, FoundLabels labels) =>
        LayoutCandidates.For(evidence.Planned, evidence.Recorded.Record?.Layout)
            .FirstOrDefault(candidate => candidate.Place.Offset == labels.Offset && candidate.Place.Size == labels.Area.Size)?.Origin
        ?? $"a backend of {labels.Offset.Bytes + labels.Area.Size.Bytes} bytes that no known layout asks for";
}
