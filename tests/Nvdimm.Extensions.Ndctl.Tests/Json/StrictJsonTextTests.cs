using System.Text;
using CsCheck;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Tests.Json;

public sealed class StrictJsonTextTests
{
    private static readonly Gen<string> Blank = OneOf("", "", "", " ", "\t", "\n  ", "\r\n");

    private static readonly Gen<string> StringPart = Gen.OneOf(
        Gen.Char[' ', '\uFFFF'].Where(character => character is not ('"' or '\\')).Select(character => character.ToString()),
        OneOf("\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\uD83D\\uDE00", "😀", "010", "//", "'", ",,", "[}"));

    private static readonly Gen<string> Text = StringPart.Array[0, 8].Select(parts => $"\"{string.Concat(parts)}\"");

    private static readonly Gen<string> Number = Gen.Select(
        OneOf("", "-"),
        Gen.OneOf(Gen.Const("0"), Gen.ULong.Where(number => number > 0).Select(number => $"{number}")),
        Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char['0', '9'], 1, 5].Select(digits => $".{digits}")),
        Gen.OneOf(
            Gen.Const(""),
            Gen.Select(OneOf("e", "E", "e+", "E-", "e0", "E+00"), Gen.Int[0, 30]).Select((exponent, digits) => $"{exponent}{digits}")))
        .Select((sign, whole, fraction, exponent) => $"{sign}{whole}{fraction}{exponent}");

    private static readonly Gen<string> Json = Value(3);

    [Test]
    public void Read_AnyValidJson_PassesUnchanged() =>
        Gen.Select(Json, Gen.Int[1, 40]).Sample((json, length) => Verdict(json, 0, length) == (json, null), iter: 5_000);

    /// <summary>That the generator makes JSON is Newtonsoft's word, not ours.</summary>
    [Test]
    public void Generator_MakesJson() => Json.Sample(json => JToken.Parse($"[{json}]").Count() == 1, iter: 2_000);

    [TestCase("""[{"dev":"namespace0.0","size":33554432,"x":[-0.50e+07,true,null,{}]}]""")]
    [TestCase("[{\"name\":\"a\\\"b\\\\\\u00e9\",\"y\":[ ]}]\n")]
    [TestCase("[\n  {\n    \"size\":010\n  }\n]")]
    [TestCase("[\n\n{\"name\":\"a\\\\\n\"}]")]
    [TestCase("[{\"a\":1,,\"b\":2}]")]
    [TestCase("[{\"a\":}]")]
    [TestCase("[1.5,0x10]")]
    [TestCase("[1e05,105e,00]")]
    [TestCase("['a']")]
    [TestCase("[] // end")]
    public void Read_InPieces_SaysTheSameAsInOne(string json)
    {
        var whole = Verdict(json, 0, json.Length);
        for (var length = 1; length < json.Length; length++)
        {
            Assert.That(Verdict(json, 0, length), Is.EqualTo(whole), $"pieces of {length}");
            Assert.That(Verdict(json, length, json.Length), Is.EqualTo(whole), $"split at {length}");
        }
    }

    [TestCase("[\n  {\n    \"size\":010\n  }\n]", 3, 13, "a number with a leading zero")]
    [TestCase("[-01]", 1, 4, "a number with a leading zero")]
    [TestCase("[1,\n,2]", 2, 1, "nothing stands before ','")]
    [TestCase("[1,]", 1, 4, "nothing stands before ']'")]
    [TestCase("{\"a\":}", 1, 6, "nothing stands before '}'")]
    [TestCase("[\"a\nb\"]", 1, 4, "a control character inside a string")]
    [TestCase("[\"\\\\\u001f\"]", 1, 5, "a control character inside a string")]
    [TestCase("[\r\n#]", 2, 1, "unexpected character '#'")]
    [TestCase("[\u00e9]", 1, 2, "unexpected character 'é'")]
    public void Read_Refused_SaysWhatAndWhere(string json, int line, int position, string detail)
    {
        var fault = Verdict(json, 0, json.Length).Fault!;
        Assert.That(fault.Code, Is.EqualTo(NvdimmCodes.NdctlMalformed));
        Assert.That((fault["line"], fault["position"], fault["detail"]), Is.EqualTo(($"{line}", $"{position}", detail)));
    }

    [TestCase(10, true)]
    [TestCase(9, false)]
    public void Read_Limit_IsTheLastCharacterThatPasses(int limit, bool passes)
    {
        foreach (var length in Enumerable.Range(1, 10))
        {
            var (passed, fault) = Verdict("[1234567 ]", 0, length, limit);
            Assert.That(fault?.Code, Is.EqualTo(passes ? null : NvdimmCodes.NdctlTooLarge), $"pieces of {length}");
            Assert.That(passed, Has.Length.LessThanOrEqualTo(limit));
        }
    }

    [Test]
    public void Dispose_DisposesWhatItReadsFrom()
    {
        using var inner = new ChunkedReader("[]", 0, 1);
        new StrictJsonText(inner, 10).Dispose();
        Assert.That(inner.IsDisposed, Is.True);
    }

    /// <summary>What passes of a text that arrives in pieces, and the fault that ended it.</summary>
    private static (string Passed, Finding? Fault) Verdict(string json, int first, int length, long limit = long.MaxValue / 2)
    {
        using var strict = new StrictJsonText(new ChunkedReader(json, first, length), limit);
        var passed = new StringBuilder();
        var buffer = new char[json.Length + 1];
        try
        {
            int read;
            while ((read = strict.Read(buffer, 1, json.Length)) > 0)
            {
                passed.Append(buffer, 1, read);
            }

            return (passed.ToString(), null);
        }
        catch (RejectedInputException rejected)
        {
            return (limit < json.Length ? passed.ToString() : "", rejected.Finding);
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<string> Value(int depth)
    {
        var leaf = Gen.OneOf(Text, Number, OneOf("true", "false", "null", "[]", "{}", "[ ]", "{\n}"));
        if (depth == 0)
        {
            return Padded(leaf);
        }

        var inner = Value(depth - 1);
        return Padded(Gen.OneOf(
            leaf,
            inner.Array[1, 4].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Padded(Text), inner).Select((name, value) => $"{name}:{value}").Array[1, 4].Select(members => $"{{{string.Join(',', members)}}}")));
    }

    private static Gen<string> Padded(Gen<string> value) => Gen.Select(Blank, value, Blank).Select((before, text, after) => $"{before}{text}{after}");
}
