namespace Nvdimm.Extensions.Host.Start;

/// <summary>The advice to accept names that stand for other devices than before (<see cref="StartExpectation.AcceptedNames"/>).</summary>
internal static class AcceptedNames
{
    /// <summary>The one line that accepts names beside those that are accepted already; a key of the configuration stands only once.</summary>
    /// <param name="accepted">What is accepted already.</param>
    /// <param name="added">The names to accept, each with the uuid of the device that it stands for.</param>
    /// <returns>The warning that has the line; null where nothing is added.</returns>
    public static Finding? Advice(IReadOnlyDictionary<string, Guid> accepted, IEnumerable<(string Name, Guid Uuid)> added)
    {
        var names = added.Distinct().OrderBy(pair => pair.Name, StringComparer.Ordinal).ToList();
        var all = accepted.Where(pair => !names.Exists(added => added.Name == pair.Key)).Select(pair => (Name: pair.Key, Uuid: pair.Value)).Concat(names)
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        return names.Count == 0
            ? null
            : Finding.Warning(
                NvdimmCodes.NamesToAccept,
                ("names", string.Join(", ", names.Select(pair => pair.Name))),
                ("line", $"accept-names = {string.Join(' ', all.Select(pair => $"{pair.Name}:{pair.Uuid:D}"))}"));
    }
}
