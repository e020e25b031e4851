using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nvdimm.Extensions.Serialization;

namespace Nvdimm.Extensions.Sizing;

/// <summary>
/// A guest architecture by libvirt's name. It decides the hot-plug block, and how libvirt and QEMU size an NVDIMM. <c>default</c> is
/// <see cref="X86_64"/>.
/// </summary>
/// <remarks>
/// Any name is accepted, so that a refusal can name it. Only the architectures of a <see cref="GuestFamily"/> can be sized
/// (<see cref="IsSupported"/>).
/// </remarks>
[JsonConverter(typeof(GuestArchitectureJsonConverter))]
[TypeConverter(typeof(GuestArchitectureTypeConverter))]
public readonly record struct GuestArchitecture : IParsable<GuestArchitecture>
{
    private const string DefaultName = "x86_64";
    private readonly string? name;

    private GuestArchitecture(string name) => this.name = string.Equals(name, DefaultName, StringComparison.Ordinal) ? null : name;

    /// <summary>64-bit x86.</summary>
    public static GuestArchitecture X86_64 => default;

    /// <summary>POWER, big endian.</summary>
    public static GuestArchitecture Ppc64 { get; } = new("ppc64");

    /// <summary>POWER, little endian.</summary>
    public static GuestArchitecture Ppc64Le { get; } = new("ppc64le");

    /// <summary>The name, such as <c>x86_64</c>.</summary>
    public string Name => name ?? DefaultName;

    /// <summary>64-bit Arm. oVirt has no such hosts.</summary>
    public static GuestArchitecture AArch64 { get; } = new("aarch64");

    /// <summary>The rules and figures of the architecture; null if NVDIMMs cannot be sized for it.</summary>
    public GuestFamily? Family => GuestFamily.Of(this);

    /// <summary>Whether NVDIMMs can be sized for it: x86_64, ppc64, ppc64le and aarch64.</summary>
    public bool IsSupported => Family is not null;

    /// <summary>The smallest block in which a guest takes hot-plugged memory: 128 MiB, on POWER 256 MiB.</summary>
    /// <exception cref="InvalidOperationException">The architecture is not supported.</exception>
    public Alignment HotPlugBlock => Supported.HotPlugBlock;

    /// <summary>The rules and figures of the architecture.</summary>
    /// <exception cref="InvalidOperationException">The architecture is not supported.</exception>
    internal GuestFamily Supported => Family ?? throw new InvalidOperationException($"No sizing rules are known for {Name}");

    /// <summary>Returns the architecture with a name, as libvirt and oVirt spell it.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static GuestArchitecture FromName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new GuestArchitecture(name);
    }

    /// <summary>As <see cref="FromName"/>.</summary>
    /// <param name="s">The name.</param>
    /// <param name="provider">Ignored.</param>
    /// <exception cref="ArgumentException"><paramref name="s"/> is empty.</exception>
    public static GuestArchitecture Parse(string s, IFormatProvider? provider) => FromName(NullArgument.Checked(s, nameof(s)));

    /// <summary>Returns the architecture with a name.</summary>
    /// <param name="s">The name.</param>
    /// <param name="provider">Ignored.</param>
    /// <param name="result">The architecture.</param>
    /// <returns>Whether the name is not empty.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GuestArchitecture result)
    {
        var isName = !string.IsNullOrWhiteSpace(s);
        result = isName ? new GuestArchitecture(s!) : default;
        return isName;
    }

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}

/// <summary>Converts an architecture to and from its name.</summary>
internal sealed class GuestArchitectureTypeConverter() : ValueTypeConverter<GuestArchitecture>(architecture => architecture.Name);

/// <summary>Reads and writes an architecture as its name.</summary>
internal sealed class GuestArchitectureJsonConverter : JsonConverter<GuestArchitecture>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is not a text, or an empty one.</exception>
    public override GuestArchitecture Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && GuestArchitecture.TryParse(reader.GetString(), null, out var architecture)
            ? architecture
            : throw new JsonException("An architecture is a name, such as \"x86_64\".");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, GuestArchitecture value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
