using Newtonsoft.Json;

namespace Nvdimm.Extensions.Host.Hypervisor;

/// <summary>What QEMU has said over QMP: its greeting, and its memory devices.</summary>
/// <param name="Version">Its version, such as <c>7.2.22</c>; null where it has not greeted.</param>
/// <param name="NvdimmSize">The size of its NVDIMM as the guest sees it; null where it has none.</param>
internal sealed record QmpReplies(string? Version, ByteSize? NvdimmSize)
{
    private const string VersionPath = "QMP.version.qemu.";

    /// <summary>Reads all replies; they are JSON objects one after the other.</summary>
    /// <exception cref="ProbeException">It is no JSON.</exception>
    public static QmpReplies Read(ProcessOutcome outcome)
    {
        using var json = new JsonTextReader(new StringReader(outcome.Output))
        {
            DateParseHandling = DateParseHandling.None,
            MaxDepth = 16,
            SupportMultipleContent = true,
        };
        try
        {
            return Read(json);
        }
        catch (Exception unreadable) when (unreadable is JsonReaderException or ArgumentOutOfRangeException)
        {
            throw outcome.Exception(ProbeFailure.Unreadable, "does not speak QMP");
        }
    }

    private static QmpReplies Read(JsonTextReader json)
    {
        var version = new Dictionary<string, long>(StringComparer.Ordinal);
        ByteSize? size = null;
        while (json.Read())
        {
            if (json is { TokenType: JsonToken.Integer, Value: long value })
            {
                if (json.Path.StartsWith(VersionPath, StringComparison.Ordinal))
                {
                    version[json.Path[VersionPath.Length..]] = value;
                }
                else if (json.Path == "return[0].data.size")
                {
                    size = ByteSize.FromBytes(value);
                }
            }
        }

        var isGreeted = version.TryGetValue("major", out var major) & version.TryGetValue("minor", out var minor) & version.TryGetValue("micro", out var micro);
        return new QmpReplies(isGreeted ? $"{major}.{minor}.{micro}" : null, size);
    }
}
