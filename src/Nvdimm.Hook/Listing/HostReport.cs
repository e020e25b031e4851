using System.Buffers;
using System.Text;
using System.Text.Json;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Listing;

/// <summary>
/// The host's device report: <c>{"NAME": {"params": {…}}, …}</c>. Entries that are not NVDIMMs are never decoded, and are written back byte
/// for byte.
/// </summary>
internal sealed class HostReport
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private readonly byte[] payload;
    private readonly List<(int Start, int End)> others = [];
    private readonly List<ReportedNvdimm> nvdimms = [];

    private HostReport(byte[] payload) => this.payload = payload;

    /// <summary>The NVDIMMs, in the order of the report.</summary>
    public IReadOnlyList<ReportedNvdimm> Nvdimms => nvdimms;

    /// <exception cref="HookException">The payload is not a host report.</exception>
    public static HostReport Read(byte[] payload)
    {
        var report = new HostReport(payload);
        try
        {
            report.Read();
            return report;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw HookException.Payload("The host's device report", $"it cannot be read: {malformed.Message}", malformed);
        }
    }

    /// <summary>The report with these NVDIMMs in place of its own. The other entries come first, unchanged.</summary>
    public string With(IEnumerable<ReportedNvdimm> devices)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 1024);
        buffer.Write("{"u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var (start, end) in others)
        {
            buffer.Write(separator);
            buffer.Write(payload.AsSpan(start, end - start));
            separator = ", "u8;
        }

        foreach (var device in devices)
        {
            buffer.Write(separator);
            Write(buffer, device);
            separator = ", "u8;
        }

        buffer.Write("}"u8);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, ReportedNvdimm device)
    {
        var entry = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(entry))
        {
            json.WriteStartObject();
            json.WriteStartObject(device.Name);
            json.WriteStartObject("params");
            json.WriteString("capability", "nvdimm");
            json.WriteString("parent", "computer");
            Text(json, "device_path", device.DevicePath);
            Number(json, "numa_node", device.NumaNode);
            Text(json, "mode", device.Mode);
            Number(json, "device_size", device.DeviceSize);
            Number(json, "align_size", device.AlignSize);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.Write(entry.WrittenSpan[1..^1]);
    }

    private static void Text(Utf8JsonWriter json, string key, string? value)
    {
        if (value is not null)
        {
            json.WriteString(key, value);
        }
    }

    private static void Number(Utf8JsonWriter json, string key, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(key, number);
        }
    }

    private void Read()
    {
        var json = new Utf8JsonReader(payload, Options);
        Require(json.Read() && json.TokenType == JsonTokenType.StartObject, "it is no object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)json.TokenStartIndex;
            var key = json;
            json.Read();
            var value = json;
            json.Skip();
            if (IsNvdimm(value))
            {
                nvdimms.Add(Device(key.GetString()!, value));
            }
            else
            {
                others.Add((start, (int)json.BytesConsumed));
            }
        }

        Require(json.TokenType == JsonTokenType.EndObject && !json.Read(), "there is more behind the end");
    }

    private static bool IsNvdimm(Utf8JsonReader entry)
    {
        var isNvdimm = false;
        Parameters(entry, (ref Utf8JsonReader json) => isNvdimm |= json.ValueTextEquals("capability"u8)
            && json.Read()
            && json.TokenType == JsonTokenType.String
            && json.ValueTextEquals("nvdimm"u8));
        return isNvdimm;
    }

    private static ReportedNvdimm Device(string name, Utf8JsonReader entry)
    {
        var device = new ReportedNvdimm(name, DevicePath: null, NumaNode: null, Mode: null, DeviceSize: null, AlignSize: null);
        Parameters(entry, (ref Utf8JsonReader json) =>
        {
            var key = json.GetString();
            json.Read();
            device = key switch
            {
                "device_path" => device with { DevicePath = json.GetString() },
                "mode" => device with { Mode = json.GetString() },
                "numa_node" => device with { NumaNode = Number(json) },
                "device_size" => device with { DeviceSize = Number(json) },
                "align_size" => device with { AlignSize = Number(json) },
                _ => device,
            };
        });
        return device;
    }

    private static long? Number(in Utf8JsonReader json) => json.TokenType == JsonTokenType.Number ? json.GetInt64() : null;

    private delegate void ReadParameter(ref Utf8JsonReader json);

    /// <summary>Calls <paramref name="read"/> for each key of the object <c>params</c> in an entry.</summary>
    private static void Parameters(Utf8JsonReader entry, ReadParameter read)
    {
        if (entry.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (entry.Read() && entry.TokenType == JsonTokenType.PropertyName)
        {
            var isParameters = entry.ValueTextEquals("params"u8);
            entry.Read();
            if (!isParameters || entry.TokenType != JsonTokenType.StartObject)
            {
                entry.Skip();
                continue;
            }

            while (entry.Read() && entry.TokenType == JsonTokenType.PropertyName)
            {
                var value = entry;
                read(ref value);
                entry.Read();
                entry.Skip();
            }
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new FormatException(otherwise);
        }
    }
}
