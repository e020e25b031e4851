using System.ComponentModel;
using System.Text.Json;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Tests;

/// <summary>Values as JSON and as texts of a configuration: what is written is read back as the same value.</summary>
public sealed class SerializationTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1 << 20)]
    [TestCase(long.MaxValue)]
    public void Bytes_AreANumber(long bytes)
    {
        Assert.That(JsonSerializer.Serialize(ByteSize.FromBytes(bytes)), Is.EqualTo($"{bytes}"));
        Assert.That(JsonSerializer.Deserialize<ByteSize>($"{bytes}").Bytes, Is.EqualTo(bytes));
        Assert.That(TextOf(ByteSize.FromBytes(bytes)), Is.EqualTo($"{bytes}"));
    }

    [TestCase("\"16GiB\"", 16L << 30)]
    [TestCase("\"1.5 KiB\"", 1536)]
    [TestCase("\"4096\"", 4096)]
    public void Size_OfAText_IsRead(string json, long bytes)
    {
        Assert.That(JsonSerializer.Deserialize<ByteSize>(json).Bytes, Is.EqualTo(bytes));
        Assert.That(JsonSerializer.Deserialize<Alignment>(json).Bytes, Is.EqualTo(bytes));
        Assert.That(ReadText<ByteSize>(json.Trim('"')).Bytes, Is.EqualTo(bytes));
        Assert.That(ReadText<Alignment>(json.Trim('"')).Bytes, Is.EqualTo(bytes));
    }

    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("9223372036854775808")]
    [TestCase("\"16GB\"")]
    [TestCase("\"\"")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("true")]
    public void Size_OfSomethingElse_IsRefused(string json) =>
        Assert.That(() => JsonSerializer.Deserialize<ByteSize>(json), Throws.TypeOf<JsonException>().With.Message.Contains("is no ByteSize"));

    [TestCase("0")]
    [TestCase("\"0\"")]
    public void Alignment_OfZero_IsRefused(string json)
    {
        Assert.That(() => JsonSerializer.Deserialize<Alignment>(json), Throws.TypeOf<JsonException>().With.Message.Contains("is no Alignment"));
        Assert.That(() => ReadText<Alignment>(json.Trim('"')), Throws.TypeOf<FormatException>());
    }

    [TestCase("x86_64")]
    [TestCase("ppc64le")]
    [TestCase("riscv64")]
    public void Architecture_IsItsName(string name)
    {
        var architecture = GuestArchitecture.FromName(name);
        Assert.That(JsonSerializer.Serialize(architecture), Is.EqualTo($"\"{name}\""));
        Assert.That(JsonSerializer.Deserialize<GuestArchitecture>($"\"{name}\""), Is.EqualTo(architecture));
        Assert.That((ReadText<GuestArchitecture>(name), TextOf(architecture)), Is.EqualTo((architecture, name)));
        Assert.That(() => JsonSerializer.Deserialize<GuestArchitecture>("\" \""), Throws.TypeOf<JsonException>());
        Assert.That(() => JsonSerializer.Deserialize<GuestArchitecture>("1"), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void Finding_IsTheSame()
    {
        var finding = Finding.Warning(NvdimmCodes.ReadOnly, ("device", "namespace0.0"), ("reason", "\"quoted\""));
        Assert.That(JsonSerializer.Deserialize<Finding>(JsonSerializer.Serialize(finding)), Is.EqualTo(finding));
    }

    [Test]
    public void List_IsAnArray()
    {
        Assert.That(JsonSerializer.Serialize<ValueList<string>>(["a", "b"]), Is.EqualTo("""["a","b"]"""));
        Assert.That(JsonSerializer.Deserialize<ValueList<int>>("[1,2]"), Is.EqualTo(ValueList.Create([1, 2])), "items of any type");
        Assert.That(JsonSerializer.Deserialize<ValueList<ValueList<string>>>("""[["a"],[]]"""), Is.EqualTo(new ValueList<ValueList<string>>([["a"], []])));
        Assert.That(JsonSerializer.Deserialize<ValueList<string>?>("null"), Is.Null);
        Assert.That(() => JsonSerializer.Deserialize<ValueList<string>>("[null]"), Throws.TypeOf<JsonException>().With.Message.Contains("has no null"));
        Assert.That(() => JsonSerializer.Deserialize<ValueList<string>>("{}"), Throws.TypeOf<JsonException>().With.Message.Contains("is an array"));
    }

    [TestCase(null, "1.5 KiB")]
    [TestCase("", "1.5 KiB")]
    [TestCase("G", "1.5 KiB")]
    [TestCase("B", "1536")]
    public void Size_Formats(string? format, string text)
    {
        Assert.That(ByteSize.FromBytes(1536).ToString(format, null), Is.EqualTo(text));
        Assert.That(Alignment.FromBytes(1536).ToString(format, null), Is.EqualTo(text));
    }

    [Test]
    public void Format_ThatThereIsNot_IsRefused() => Assert.That(() => ByteSize.Zero.ToString("X", null), Throws.TypeOf<FormatException>().With.Message.Contains("'X'"));

    [Test]
    public void Parse_OfNull_NamesTheArgument()
    {
        Assert.That(() => ByteSize.Parse(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("text"));
        Assert.That(ByteSize.TryParse(null, out _), Is.False);
    }

    private static T ReadText<T>(string text) => (T)TypeDescriptor.GetConverter(typeof(T)).ConvertFromInvariantString(text)!;

    private static string? TextOf<T>(T value) => TypeDescriptor.GetConverter(typeof(T)).ConvertToInvariantString(value);
}
