using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The two files that a label copy leaves: the labels, and what they overwrote.</summary>
/// <param name="Identity">The device.</param>
/// <param name="Source">The offset that the labels came from, in bytes from the start of the device.</param>
/// <param name="Offset">The offset that the labels were written to, in bytes from the start of the device.</param>
/// <param name="Size">The size of each file in bytes.</param>
/// <param name="Labels">The path of the file with the labels.</param>
/// <param name="Overwritten">The path of the file with what they overwrote.</param>
/// <param name="Hash">The hash of the labels (<see cref="LabelArea.Hash"/>).</param>
internal sealed partial record RelocationBackup(
    DeviceIdentity Identity, long Source, long Offset, long Size, string Labels, string Overwritten, string Hash)
{
    /// <summary>The device of a backup file, from the file's name.</summary>
    public static DeviceIdentity? IdentityOf(string file) =>
        Name.Match(Path.GetFileName(file)) is { Success: true } match
            && DeviceIdentity.TryParse(match.Groups["identity"].Value, out var identity)
            ? identity
            : null;

    /// <summary>The number in the name of a backup file; null if the name is not that of a backup.</summary>
    public static int? NumberOf(string file) =>
        Name.Match(Path.GetFileName(file)) is { Success: true } match
            ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>Reads the pair that a file belongs to.</summary>
    /// <exception cref="InvalidDataException">The file is not a backup, or its counterpart is missing or does not match.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read a file.</exception>
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
            && long.TryParse(
                Path.GetFileName(files[0])[start.Length..^".bin".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? (offset, files[0])
            : throw new InvalidDataException($"there is not exactly one {start}*.bin beside it");
    }

    [GeneratedRegex(
        @"\A(?<identity>[A-Za-z0-9._~-]+)\.(?<number>[0-9]{1,9})\.(?:labels|overwritten)-at-[0-9]{1,19}\.bin\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
