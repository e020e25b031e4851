using System.Globalization;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Labels;

/// <summary>The two files that a relocation of labels leaves: the labels, and what they overwrote.</summary>
/// <param name="Identity">Whose they are.</param>
/// <param name="Offset">Where the labels were written, in bytes from the start of the device.</param>
/// <param name="Size">How many bytes each file has.</param>
/// <param name="Labels">The path of the labels.</param>
/// <param name="Overwritten">The path of what they overwrote.</param>
internal sealed partial record RelocationBackup(DeviceIdentity Identity, long Offset, long Size, string Labels, string Overwritten)
{
    /// <summary>Whose backup a file is, by its name.</summary>
    public static DeviceIdentity? IdentityOf(string file) =>
        Name.Match(Path.GetFileName(file)) is { Success: true } match && DeviceIdentity.TryParse(match.Groups["identity"].Value, out var identity) ? identity : null;

    /// <summary>Reads the pair to which a file belongs.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or the other one is not there or does not fit.</exception>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static RelocationBackup Read(string file)
    {
        var identity = IdentityOf(file) ?? throw new InvalidDataException("it is not called as one");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var number = Name.Match(Path.GetFileName(file)).Groups["number"].Value;
        var (_, labels) = Single(folder, $"{identity}.{number}.labels-at-");
        var (offset, overwritten) = Single(folder, $"{identity}.{number}.overwritten-at-");
        var size = new FileInfo(labels).Length;
        return size == new FileInfo(overwritten).Length && HasLabels(labels, size)
            ? new RelocationBackup(identity, offset, size, labels, overwritten)
            : throw new InvalidDataException("the two files of the backup do not fit together, or have no labels");
    }

    private static bool HasLabels(string path, long size)
    {
        using var content = new FileContent(path, isWritable: false);
        return new LabelReader(content, new byte[LabelReader.PieceSize]).Whole(0, size) is not null;
    }

    private static (long Offset, string Path) Single(string folder, string start)
    {
        var files = Directory.GetFiles(folder, $"{start}*.bin");
        return files.Length == 1 && long.TryParse(Path.GetFileName(files[0])[start.Length..^".bin".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            ? (offset, files[0])
            : throw new InvalidDataException($"there is not exactly one {start}*.bin beside it");
    }

    [GeneratedRegex(
        @"\A(?<identity>[A-Za-z0-9._~-]+)\.(?<number>[0-9]{1,9})\.(?:labels|overwritten)-at-[0-9]{1,19}\.bin\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }
}
