using System.Text;
using System.Text.Json;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;
using Nvdimm.Extensions.Ndctl.Vdsm;
using Nvdimm.Fuzzing.Shared;

namespace Nvdimm.Fuzzing.Targets;

/// <summary>The parser of what <c>ndctl list</c> prints.</summary>
internal sealed class NdctlTarget : FuzzTarget
{
    // A little below what the parser lets pass: the two readers count levels differently.
    private const int SureDepth = NdctlParser.MaximumDepth - 2;

    private static readonly string[] Words =
    [
        "\"dev\":\"namespace0.0\",", "\"mode\":\"fsdax\",", "\"mode\":\"devdax\",", "\"mode\":\"sector\",", "\"mode\":\"raw\",", "\"mode\":\"memory\",",
        "\"map\":\"dev\",", "\"size\":16909336576,", "\"size\":0,", "\"size\":\"376.00 MiB (394.26 MB)\",", "\"align\":2097152,", "\"align\":0,",
        "\"uuid\":\"8d7bbf1a-4f0e-4c0e-9f86-3d2b5a0f6e11\",", "\"uuid\":\"00000000-0000-0000-0000-000000000000\",", "\"raw_uuid\":\"",
        "\"blockdev\":\"pmem0\",", "\"blockdev\":\"../sda\",", "\"chardev\":\"dax0.0\",", "\"numa_node\":0,", "\"target_node\":2147483648,",
        "\"state\":\"disabled\",", "\"name\":\"", "\"badblock_count\":1,", "\"badblocks\":[{\"offset\":8,\"length\":9223372036854775807}],",
        "\"daxregion\":{\"id\":0,\"devices\":[{\"chardev\":\"dax0.0\",\"size\":1,\"mode\":\"system-ram\"}]},", "\"namespaces\":[", "\"regions\":[", "\"dimms\":[",
        "\"mappings\":[{\"dimm\":\"nmem0\",\"offset\":0,\"length\":1,\"position\":0}],", "\"flag_failed_arm\":true,", "\"flag_failed_flush\":true,",
        "\"health\":{\"health_state\":\"fatal\",\"alarm_spares\":true},",
        "\"security\":\"locked\",", "\"persistence_domain\":\"unknown\",", "\"chardev\":\"dax0.0\",\"path\":\"/x\",", "\"memdev\":\"mem0\",",
        "\"ports:root0\":[", "\"sector_size\":\"512\",", "\"supported sector sizes\":[512],", "\"provider\":\"ACPI.NFIT\",",
        "\"dev\":\"region0\",", "\"dev\":\"ndbus0\",", "\"dev\":\"nmem0\",", "\"available_size\":0,", "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800",
        "\\/", "null", "true", "false", "NaN", "Infinity", "undefined", "new Date(0)", "'", "//", "/*", "*/", "\u00e9", "\ufffd", "\ufeff", "1e400", "[]", "{}", "\"\":",
    ];

    public override string Name => "ndctl";

    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Select(Encoding.UTF8.GetBytes), [0xFF], [0xED, 0xA0, 0x80], [0xC3]];

    public override IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; } =
    [
        ("["u8.ToArray(), "]"u8.ToArray()), ("{\"namespaces\":["u8.ToArray(), "]}"u8.ToArray()), ("{\"x\":"u8.ToArray(), "}"u8.ToArray()), ("\""u8.ToArray(), "\""u8.ToArray()),
    ];

    protected override long AllocatedPerByte => 2000;

    public override IEnumerable<byte[]> Samples() =>
        Directory.EnumerateFiles(TestFiles.PathOf("ndctl"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(TestFiles.PathOf("field", "ndctl")))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    public override void FindParts(byte[] input, List<InputPart> parts) => JsonParts.Find(input, parts);

    protected override void Read(byte[] input)
    {
        var listing = NdctlParser.Parse(input);
        Must.Hold(listing.IsComplete || listing.Findings.Any(finding => finding.Severity == Severity.Error), "an incomplete listing without an error");
        Must.BeReadable(listing.AllFindings);
        foreach (var device in listing.Devices)
        {
            CheckDevice(device);
        }

        using var chunks = new ChunkedStream(input, 1 + ((input.Length * 7) % 61));
        Must.Hold(NdctlParser.Parse(chunks) == listing, "in pieces it says something else");
        var text = Encoding.UTF8.GetString(input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsSpan(Encoding.UTF8.Preamble.Length) : input);
        Must.Hold(input.Length % 8 != 0 || NdctlParser.Parse(text) == listing, "as a text it says something else");
        CheckGrammar(Encoding.UTF8.GetBytes(text), listing);
        using var vdsm = JsonDocument.Parse(VdsmHostDevices.ToJson(listing));
    }

    private static void CheckDevice(NvdimmDevice device)
    {
        Must.Hold(IsPlain(device.Name), "a device without a plain name");
        Must.Hold(device.Path is null || (device.Path.StartsWith("/dev/", StringComparison.Ordinal) && IsPlain(device.Path[5..])), "a path outside /dev");
        Must.Hold(device.NumaNode is null or >= 0 && device.TargetNode is null or >= 0 && device.BadBlockCount >= 0, "a negative number");
        Must.Hold(device.Align is null or { Bytes: > 0 }, "an alignment of zero");
        Must.Hold(device.Uuid != Guid.Empty && device.RawUuid != Guid.Empty, "an all-zero uuid");
        if (device.IsUsable)
        {
            Must.Hold(device is { Path: not null, IsDisabled: false, Size.Bytes: > 0, Mode: not NamespaceMode.Unknown }, "a usable device that cannot be used");
            Must.Hold(device.DaxDevices.All(dax => dax is { IsDisabled: false } and not { Mode: DaxDeviceMode.SystemRam or DaxDeviceMode.Famfs }), "a usable device with an unusable dax device");
        }
    }

    private static bool IsPlain(string name) => name.Length > 0 && name[0] != '.' && !name.Any(character => character is '/' or <= ' ' or >= (char)0x7F);

    /// <summary>Another reader of RFC 8259 takes what this one takes, and nothing else.</summary>
    private static void CheckGrammar(byte[] utf8, NdctlListing listing)
    {
        var (isJson, depth, first) = Json(utf8);
        if (listing.IsComplete)
        {
            Must.Hold(isJson || listing.Shape == NdctlListingShape.Empty, "taken, but no JSON");
        }
        else if (isJson && depth < SureDepth && first is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            Must.Hold(listing.Findings.Any(finding => finding.Code is NvdimmCodes.NdctlTooLarge or NvdimmCodes.NdctlOtherProgram || finding["detail"]?.Contains("too large", StringComparison.Ordinal) == true), "JSON, but not taken");
        }
    }

    private static (bool IsJson, int Depth, JsonTokenType First) Json(byte[] utf8)
    {
        var (depth, first) = (0, JsonTokenType.None);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read())
            {
                first = first == JsonTokenType.None ? reader.TokenType : first;
                depth = Math.Max(depth, reader.CurrentDepth);
            }

            return (true, depth, first);
        }
        catch (JsonException)
        {
            return (false, depth, first);
        }
    }
}
