using Nvdimm.Extensions;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Cli.Input;

/// <summary>Reads VM files.</summary>
internal static class VmFileReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or is not in the format.</exception>
    public static Task<VmFile> ReadAsync(ToolEnvironment environment, string path, CancellationToken cancellationToken) =>
        InputFiles.ReadAsync(environment, path, utf8 => Read(utf8, InputFiles.NameOf(path)), cancellationToken);

    /// <summary>Reads a stream of UTF-8.</summary>
    /// <exception cref="BadInputException">The text is not in the format.</exception>
    public static VmFile Read(Stream utf8, string name) => StrictJsonReader.Read(utf8, name, Top);

    private static VmFile Top(StrictJsonReader json)
    {
        var file = new VmFile();
        json.Object(
            required: null,
            ("vm", () => file = file with { Vm = VmReader.Read(json) }),
            ("otherVms", () => file = file with { OtherVms = json.Array(() => VmReader.Read(json).Description) }),
            ("host", () => file = file with { Host = Host(json) }),
            ("devices", () => file = file with { Devices = json.Array(json.Text) }),
            ("newPinnedHosts", () => file = file with { NewPinnedHosts = json.Array(json.Text) }),
            ("forceMigration", () => file = file with { ForceMigration = json.Flag() }),
            ("copyIsPinnedElsewhere", () => file = file with { CopyIsPinnedElsewhere = json.Flag() }),
            ("strategy", () => file = file with { Strategy = json.Word(EnumWords.Strategies) }));
        return file;
    }

    private static HostDescription Host(StrictJsonReader json)
    {
        var host = new HostDescription();
        json.Object(
            required: null,
            ("name", () => host = host with { Name = json.Text() }),
            ("selinux", () => host = host with { Selinux = json.Word(EnumWords.SelinuxStates) }),
            ("pageSize", () => host = host with { PageSize = PageSize(json) }));
        return host;
    }

    private static Alignment PageSize(StrictJsonReader json) =>
        json.Size() is { Bytes: > 0 } size ? Alignment.FromBytes(size.Bytes) : throw json.Bad($"'{json.Path}' is 0, not a page size");
}
