using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Host.Start;

/// <summary>Says what is changed in a domain before its start.</summary>
internal static class DomainCorrections
{
    /// <param name="asked">The NVDIMMs as the domain had them.</param>
    /// <param name="made">The NVDIMMs as it has them now, recognised by their paths.</param>
    /// <param name="oldMaximum">The maximum memory that it had; null for none.</param>
    /// <param name="newMaximum">The maximum memory that it has now; null for none.</param>
    public static Finding Of(ValueList<NvdimmElement> asked, IReadOnlyList<NvdimmElement> made, ByteSize? oldMaximum, ByteSize? newMaximum)
    {
        List<string> changes =
        [
            .. from now in made
               from old in asked
               where old.Path == now.Path
               let parts = Parts(old, now).ToList()
               where parts.Count > 0
               select $"{now.Path} gets {string.Join(", ", parts)}",
        ];
        if (oldMaximum != newMaximum)
        {
            changes.Add($"maxMemory becomes {Text(newMaximum)}{Before(Text(oldMaximum))}");
        }

        return Finding.Warning(NvdimmCodes.HookDomainCorrected, ("changes", string.Join("; ", changes)));
    }

    private static IEnumerable<string> Parts(NvdimmElement old, NvdimmElement now) =>
        from part in new[]
        {
            ("size", Text(old.TargetSize), Text(now.TargetSize)),
            ("alignsize", Text(old.AlignSize), Text(now.AlignSize) ?? None(old.AlignSize)),
            ("label", Text(old.LabelSize), Text(now.LabelSize) ?? None(old.LabelSize)),
            ("node", old.GuestNode?.ToString(), now.GuestNode?.ToString()),
            ("uuid", old.Uuid?.ToString("D"), now.Uuid?.ToString("D")),
            ("access", old.IsShared ? "shared" : null, now.IsShared ? "shared" : null),
            ("pmem", old.IsPmem ? "yes" : null, now.IsPmem ? "yes" : null),
        }
        where part.Item3 is not null && part.Item2 != part.Item3
        select $"{part.Item1} {part.Item3}{Before(part.Item2)}";

    private static string? None(ByteSize? old) => old is null ? null : "none";

    private static string Before(string? old) => old is null ? "" : $" in place of {old}";

    private static string? Text(ByteSize? size) => size is { } known ? $"{known.Bytes}" : null;
}
