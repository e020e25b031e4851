using System.Buffers;
using System.Globalization;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// Reads keys and values, and adds a finding to the object for each that differs from ndctl's format. Not safe for use by several threads.
/// </summary>
internal sealed class ValueReader(JsonTextReader json, KeyNames names, ReadingBudget budget)
{
    private static readonly SearchValues<char> DeviceNameCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-");

    /// <summary>Reads the next token.</summary>
    /// <exception cref="RejectedInputException">The input ends.</exception>
    public JsonToken Next()
    {
        if (!json.Read())
        {
            throw Malformed("the input ends in the middle of the listing");
        }

        return json.TokenType;
    }

    /// <summary>Returns the key at which the reader is positioned. An unknown or repeated key is a finding.</summary>
    public NdctlKey ReadKey(ListedObject listed)
    {
        var name = Name();
        var key = names.Of(name);
        if (key == NdctlKey.Unknown)
        {
            listed.HasCxlKey |= CxlKeys.Contains(name);
            Note(listed, Finding.Warning(NvdimmCodes.NdctlUnknownKey, [("key", Shorten(name)), ("place", "listing"), .. Here(listed)]));
        }
        else if (listed.Seen.Contains(key))
        {
            Note(listed, Finding.Error(NvdimmCodes.NdctlDuplicateKey, [("key", name), .. Here(listed)]));
        }

        listed.Seen = listed.Seen.With(key);
        return key;
    }

    /// <summary>Enters an object; anything else is a finding and skipped.</summary>
    public bool EnterObject(ListedObject owner) => Enter(owner, JsonToken.StartObject, "an object");

    /// <summary>Enters an array; anything else is a finding and skipped.</summary>
    public bool EnterArray(ListedObject owner) => Enter(owner, JsonToken.StartArray, "an array");

    /// <summary>Enters the next object of an array; false at its end. Anything else is a finding and skipped.</summary>
    public bool NextObject(ListedObject owner)
    {
        while (Next() is not (JsonToken.StartObject or JsonToken.EndArray))
        {
            BadValue(owner, "entry", "an object");
            json.Skip();
        }

        return json.TokenType == JsonToken.StartObject;
    }

    /// <summary>Reads the next key of an object, including unknown keys; null at its end.</summary>
    public NdctlKey? NextKey() => Next() == JsonToken.EndObject ? null : names.Of(Name());

    /// <summary>Reads a text; null, with a finding, for anything else.</summary>
    public string? ReadString(ListedObject owner, NdctlKey key)
    {
        if (Next() != JsonToken.String)
        {
            Reject(owner, key, "a text");
            return null;
        }

        var text = (string)json.Value!;
        if (text.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Note(owner, Finding.Warning(NvdimmCodes.NdctlInvalidText, ("key", key.Name()), ("device", owner.Title)));
        }

        return text;
    }

    /// <summary>Reads a text that is one of a few words. A known word shares one string in memory for all namespaces.</summary>
    public string? ReadWord(ListedObject owner, NdctlKey key) => ReadString(owner, key) is { } text ? SharedTexts.Of(text) : null;

    /// <summary>Reads the name of a device file below <c>/dev</c>; null, with a finding, for anything that can be a path.</summary>
    public string? ReadDeviceName(ListedObject owner, NdctlKey key)
    {
        var name = ReadString(owner, key);
        if (name is null || IsDeviceName(name))
        {
            return name;
        }

        BadValue(owner, key.Name(), "the name of a device");
        return null;
    }

    /// <summary>
    /// Reads a whole number from <paramref name="minimum"/> to <paramref name="maximum"/>, or the same number as a text of plain decimal
    /// digits, which other programs write; null, with a finding, for anything else.
    /// </summary>
    public long? ReadInteger(ListedObject owner, NdctlKey key, long minimum = 0, long maximum = long.MaxValue)
    {
        switch (Next())
        {
            case JsonToken.Integer when json.Value is long number && number >= minimum && number <= maximum:
                return number;
            case JsonToken.String when WholeNumber((string)json.Value!) is { } number && number >= minimum && number <= maximum:
                return number;
            case JsonToken.String when key is NdctlKey.Size or NdctlKey.Align && IsHumanSize((string)json.Value!):
                Note(
                    owner,
                    Finding.Error(
                        NvdimmCodes.NdctlHumanSize, [("key", key.Name()), ("value", (string)json.Value!), .. Here(owner)]));
                return null;
            default:
                Reject(owner, key, $"a whole number from {minimum} to {maximum}");
                return null;
        }
    }

    /// <summary>
    /// Reads a whole number from 0 to <paramref name="maximum"/>; null for −1, which means unknown: the kernel writes it for no NUMA node,
    /// ndctl v59.0 to v59.2 for the sector size. Null, with a finding, for anything else.
    /// </summary>
    public long? ReadKnown(ListedObject owner, NdctlKey key, long maximum) =>
        ReadInteger(owner, key, minimum: -1, maximum) is >= 0 and var number ? number : null;

    /// <summary>Reads true or false; false, with a finding, for anything else.</summary>
    public bool ReadFlag(ListedObject owner, NdctlKey key)
    {
        if (Next() == JsonToken.Boolean)
        {
            return (bool)json.Value!;
        }

        Reject(owner, key, "true or false");
        return false;
    }

    /// <summary>Reads a UUID; null if it is all zero; null, with a finding, for anything else.</summary>
    public Guid? ReadUuid(ListedObject owner, NdctlKey key)
    {
        if (ReadString(owner, key) is not { } text)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "D", out var uuid))
        {
            return uuid == Guid.Empty ? null : uuid;
        }

        BadValue(owner, key.Name(), "a uuid");
        return null;
    }

    /// <summary>Skips the value of the current key.</summary>
    public void Skip()
    {
        Next();
        json.Skip();
    }

    /// <summary>Adds a finding that no known version prints the current key there, and skips its value.</summary>
    public void Unknown(ListedObject owner, string place)
    {
        Note(owner, Finding.Warning(NvdimmCodes.NdctlUnknownKey, [("key", Shorten(Name())), ("place", place), .. Here(owner)]));
        Skip();
    }

    /// <summary>Describes the current token for a finding.</summary>
    public string Describe() => json.TokenType switch
    {
        JsonToken.StartObject => "an object",
        JsonToken.StartArray => "an array",
        JsonToken.Null => "null",
        _ => $"'{Shorten(Convert.ToString(json.Value, CultureInfo.InvariantCulture) ?? "")}'",
    };

    /// <summary>Whether a name has the form of a kernel device name: no slash, no white space, no leading dot.</summary>
    private static bool IsDeviceName(string name) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.AsSpan().IndexOfAnyExcept(DeviceNameCharacters) < 0;

    /// <summary>The number of a text in its only decimal form; null for <c>010</c>, <c>+1</c>, <c>0x10</c> and anything else.</summary>
    private static long? WholeNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && string.Equals(number.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal)
            ? number
            : null;

    /// <summary>Whether a text is a size as <c>-u</c> prints it: <c>376.00 MiB (394.26 MB)</c>.</summary>
    private static bool IsHumanSize(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]) && text.TrimEnd(')').EndsWith('B');

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    private void Note(ListedObject owner, Finding finding)
    {
        budget.CountFinding(json.LineNumber, json.LinePosition);
        owner.Add(finding);
    }

    private bool Enter(ListedObject owner, JsonToken start, string expected)
    {
        if (Next() == start)
        {
            return true;
        }

        BadValue(owner, "value", expected);
        json.Skip();
        return false;
    }

    private string Name() => (string)json.Value!;

    private void Reject(ListedObject owner, NdctlKey key, string expected)
    {
        BadValue(owner, key.Name(), expected);
        json.Skip();
    }

    private void BadValue(ListedObject owner, string key, string expected) => Note(
        owner, Finding.Error(NvdimmCodes.NdctlBadValue, [("key", key), ("value", Describe()), ("expected", expected), .. Here(owner)]));

    private FindingArgument[] Here(ListedObject owner) =>
        [("device", owner.Title), ("line", $"{json.LineNumber}"), ("position", $"{json.LinePosition}")];

    private RejectedInputException Malformed(string detail) => new(NvdimmCodes.NdctlMalformed, detail, json.LineNumber, json.LinePosition);
}
