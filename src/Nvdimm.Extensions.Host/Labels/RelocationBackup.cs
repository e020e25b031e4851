using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The two files that a copy of labels leaves: the labels, and what they overwrote.</summary>
/// <param name="Identity">Whose they are.</param>
/// <param name="Source">Where the labels came from, in bytes from the start of the device.</param>
/// <param name="Offset">Where the labels were written, in bytes from the start of the device.</param>
/// <param name="Size">How many bytes each file has.</param>
/// <param name="Labels">The path of the labels.</param>
/// <param name="Overwritten">The path of what they overwrote.</param>
/// <param name="Hash">The hash of the labels (<see cref="LabelArea.Hash"/>).</param>
internal sealed partial record RelocationBackup(DeviceIdentity Identity, long Source, long Offset, long Size, string Labels, string Overwritten, string Hash)
{
    /// <summary>Whose backup a file is, by its name.</summary>
    public static DeviceIdentity? IdentityOf(string file) =>
        Name.Match(Path.GetFileName(file)) is { Success: true } match && DeviceIdentity.TryParse(match.Groups["identity"].Value, out var identity)
            ? identity
            : null;

    /// <summary>The number in the name of a backup's file; null where it is not one's.</summary>
    public static int? NumberOf(string file) =>
        Name.Match(Path.GetFileName(file)) is { Success: true } match ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Reads the pair to which a file belongs.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or the other one is not there or does not fit.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One of them may not be read.</exception>
    public static RelocationBackup Read(string file)
    {
        var identity = IdentityOf(file) ?? throw new InvalidDataException("it is not called as one");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var number = Name.Match(Path.GetFileName(file)).Groups["number"].Value;
        var (source, labels) = Single(folder, $"{identity}.{number}.labels-at-");
        var (offset, overwritten) = Single(folder, $"{identity}.{number}.overwritten-at-");
        var size = new FileInfo(labels).Length;
        return size == new FileInfo(overwritten).Length && HashOf(labels, size) is { } hash
            ? new RelocationBackup(identity, source, offset, size, labels, overwritten, hash)
            : throw new InvalidDataException("the two files of the backup do not fit together, or have no labels");
    }

    private static string? HashOf(string path, long size)
    {
        using var content = FileContent.OpenBackup(path);
        return new LabelReader(content, new byte[LabelReader.PieceSize]).Whole(0, size)?.Hash;
    }

    private static (long Offset, string Path) Single(string folder, string start)
    {
        var files = Directory.GetFiles(folder, $"{start}*.bin");
        return files.Length == 1
            && long.TryParse(Path.GetFileName(files[0])[start.Length..^".bin".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? (offset, files[0])
            : throw new InvalidDataException($"there is not exactly one {start}*.bin beside it");
    }

    [GeneratedRegex(
        @"\A(?<identity>[A-Za-z0-9._~-]+)\.(?<number>[0-9]{1,9})\.(?:labels|overwritten)-at-[0-9]{1,19}\.bin\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
