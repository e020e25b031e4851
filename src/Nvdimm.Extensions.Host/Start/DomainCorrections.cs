using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Makes the finding that lists the changes to a domain before its start.</summary>
internal static class DomainCorrections
{
    /// <param name="asked">The NVDIMMs of the original domain.</param>
    /// <param name="changed">The NVDIMMs of the changed domain, matched by path.</param>
    /// <param name="oldMaximum">The original maximum memory; null for none.</param>
    /// <param name="newMaximum">The changed maximum memory; null for none.</param>
    public static Finding Of(
        ValueList<NvdimmElement> asked, IReadOnlyList<NvdimmElement> changed, ByteSize? oldMaximum, ByteSize? newMaximum)
    {
        List<string> changes =
        [
            .. from corrected in changed
               from old in asked
               where old.Path == corrected.Path
               let parts = Parts(old, corrected).ToList()
               where parts.Count > 0
               select $"{corrected.Path} gets {string.Join(", ", parts)}",
        ];
        if (oldMaximum != newMaximum)
        {
            changes.Add($"maxMemory becomes {Text(newMaximum)}{Before(Text(oldMaximum))}");
        }

        return Finding.Warning(NvdimmCodes.HookDomainCorrected, ("changes", string.Join("; ", changes)));
    }

    private static IEnumerable<string> Parts(NvdimmElement old, NvdimmElement corrected) =>
        from part in new[]
        {
            ("size", Text(old.TargetSize), Text(corrected.TargetSize)),
            ("alignsize", Text(old.AlignSize), Text(corrected.AlignSize) ?? None(old.AlignSize)),
            ("label", Text(old.LabelSize), Text(corrected.LabelSize) ?? None(old.LabelSize)),
            ("node", old.GuestNode?.ToString(), corrected.GuestNode?.ToString()),
            ("uuid", old.Uuid?.ToString("D"), corrected.Uuid?.ToString("D")),
            ("access", old.IsShared ? "shared" : null, corrected.IsShared ? "shared" : null),
            ("pmem", old.IsPmem ? "yes" : null, corrected.IsPmem ? "yes" : null),
        }
        where part.Item3 is not null && part.Item2 != part.Item3
        select $"{part.Item1} {part.Item3}{Before(part.Item2)}";

    private static string? None(ByteSize? old) => old is null ? null : "none";

    private static string Before(string? old) => old is null ? "" : $" in place of {old}";

    private static string? Text(ByteSize? size) => size is { } value ? $"{value.Bytes}" : null;
}
