namespace Nvdimm.Extensions.Host.Start;

/// <summary>The advice to accept names that now stand for other devices (<see cref="StartExpectation.AcceptedNames"/>).</summary>
internal static class AcceptedNames
{
    /// <summary>
    /// The one configuration line that accepts names in addition to the accepted ones; a key may appear only once in the configuration.
    /// </summary>
    /// <param name="accepted">The accepted names.</param>
    /// <param name="added">The names to accept, each with the uuid of the device that it stands for.</param>
    /// <returns>A warning with the line; null if no names are added.</returns>
    public static Finding? Advice(IReadOnlyDictionary<string, Guid> accepted, IEnumerable<(string Name, Guid Uuid)> added)
    {
        var names = added.Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        var all = accepted.Where(pair => !names.Exists(added => added.Name == pair.Key))
            .Select(pair => (Name: pair.Key, Uuid: pair.Value))
            .Concat(names)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        return names.Count == 0
            ? null
            : Finding.Warning(
                NvdimmCodes.NamesToAccept,
                ("names", string.Join(", ", names.Select(pair => pair.Name))),
                ("line", $"accept-names = {string.Join(' ', all.Select(pair => $"{pair.Name}:{pair.Uuid:D}"))}"));
    }
}
