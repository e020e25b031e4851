using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Hooks;

/// <summary>Reads lines of <c>key = value</c>; empty ones and those that start with <c>#</c> are passed over. Nothing else is.</summary>
internal static class ConfigurationReader
{
    private static readonly Dictionary<string, Func<HookConfiguration, string, HookConfiguration>> Keys = new(StringComparer.Ordinal)
    {
        ["state-folder"] = (configuration, value) => configuration with { StateFolder = Absolute(value) },
        ["simulate"] = (configuration, value) => configuration with { IsSimulation = YesOrNo(value) },
        ["journal"] = (configuration, value) => configuration with { IsJournalled = YesOrNo(value) },
        ["unverified-hypervisor"] = (configuration, value) => configuration with { UnverifiedHypervisor = Unverified(value) },
        ["missing-nvdimm"] = (configuration, value) => configuration with { MissingNvdimm = RefuseOrWarn(value) },
        ["private-access"] = (configuration, value) => configuration with { PrivateAccess = RefuseOrWarn(value) },
        ["existing-content"] = (configuration, value) => configuration with { ExistingContent = RefuseOrWarn(value) },
        ["offer-unusable"] = (configuration, value) => configuration with { OffersUnusable = YesOrNo(value) },
        ["accept-names"] = (configuration, value) => configuration with { AcceptedNames = Names(value) },
        ["adjust-sizes"] = (configuration, value) => configuration with { AdjustsSizes = YesOrNo(value) },
        ["memory-hot-plug"] = (configuration, value) => configuration with { MemoryHotPlug = HotPlug(value) },
        ["libvirt"] = (configuration, value) => configuration with { Connection = value },
        ["virsh"] = (configuration, value) => configuration with { Virsh = Absolute(value) },
        ["qemu-log-folder"] = (configuration, value) => configuration with { QemuLogFolder = Absolute(value) },
    };

    /// <summary>All keys.</summary>
    public static IReadOnlyCollection<string> KnownKeys => Keys.Keys;

    /// <param name="file">What errors call it.</param>
    /// <param name="utf8">The text, with or without byte order mark; a line ends with a line feed, or a carriage return and a line
    /// feed.</param>
    /// <exception cref="HookException">A line is wrong, or not UTF-8; the first one is named.</exception>
    public static HookConfiguration Read(string file, ReadOnlySpan<byte> utf8)
    {
        var configuration = new HookConfiguration();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        for (var number = 1; !rest.IsEmpty; number++)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (!Utf8.IsValid(line))
            {
                throw Wrong(file, number, "it is not UTF-8");
            }

            if (Encoding.UTF8.GetString(line).AsSpan().Trim() is not { IsEmpty: false } text || text[0] == '#')
            {
                continue;
            }

            var equals = text.IndexOf('=');
            var key = (equals < 0 ? text : text[..equals]).TrimEnd().ToString();
            var detail = equals < 0
                ? "it is not KEY = VALUE"
                : !Keys.ContainsKey(key)
                    ? $"there is no key '{Shorten(key)}'; known are {string.Join(", ", Keys.Keys)}"
                    : !seen.Add(key) ? $"the key '{key}' stands twice" : null;
            var value = equals < 0 ? "" : text[(equals + 1)..].Trim().ToString();
            configuration = detail is null ? Apply(configuration, key, value, file, number) : throw Wrong(file, number, detail);
        }

        return configuration;
    }

    private static HookConfiguration Apply(HookConfiguration configuration, string key, string value, string file, int line)
    {
        try
        {
            return Keys[key](configuration, value.Length > 0 ? value : throw new FormatException("has no value"));
        }
        catch (FormatException wrong)
        {
            throw Wrong(file, line, $"'{key}' {wrong.Message}");
        }
    }

    private static HookException Wrong(string file, int line, string detail) =>
        new(Finding.Error(
            NvdimmCodes.HookConfiguration,
            ("file", file),
            ("line", line.ToString(CultureInfo.InvariantCulture)),
            ("detail", detail)));

    private static bool YesOrNo(string value) => value switch { "yes" => true, "no" => false, _ => throw Expected("yes or no", value) };

    private static UnverifiedReaction Unverified(string value) => value switch
    {
        "refuse" => UnverifiedReaction.Refuse,
        "known" => UnverifiedReaction.Known,
        "warn" => UnverifiedReaction.Warn,
        _ => throw Expected("known, refuse or warn", value),
    };

    private static StartReaction RefuseOrWarn(string value) =>
        value switch { "refuse" => StartReaction.Refuse, "warn" => StartReaction.Warn, _ => throw Expected("refuse or warn", value) };

    private static HotPlugReaction HotPlug(string value) => value switch
    {
        "refuse" => HotPlugReaction.Refuse,
        "place" => HotPlugReaction.Place,
        "warn" => HotPlugReaction.Warn,
        _ => throw Expected("refuse, place or warn", value),
    };

    private static string Absolute(string value) =>
        value.StartsWith('/') ? value.Length > 1 ? value.TrimEnd('/') : value : throw Expected("an absolute path", value);

    /// <summary><c>none</c>, or <c>namespace0.0:UUID</c> separated by blanks.</summary>
    private static Dictionary<string, Guid> Names(string value)
    {
        var names = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var pair in value == "none" ? [] : value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split(':') is not [{ Length: > 0 } name, var text] || !Guid.TryParseExact(text, "D", out var uuid)
                || !names.TryAdd(name, uuid))
            {
                throw Expected("none, or NAME:UUID for each name", pair);
            }
        }

        return names;
    }

    private static FormatException Expected(string expected, string value) => new($"is {expected}, not '{Shorten(value)}'");

    private static string Shorten(string text) => text.Length <= 64 ? text : $"{text[..64]}…";
}
