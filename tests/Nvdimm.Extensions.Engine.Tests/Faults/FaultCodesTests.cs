using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Tests.Faults;

public sealed class FaultCodesTests
{
    private static readonly string[] SeveralCodes = [EngineCodes.VmStatusIllegal, EngineCodes.VmNotPinnedToHost, EngineCodes.NumaUnavailable];

    /// <summary>What the matcher replaced, for comparison: a pattern for each text, whose placeholders are any text within a line.</summary>
    private static readonly (string Code, Regex Pattern)[] Patterns = [.. FindingTexts.Codes.Select(code => (code, PatternOf(FindingTexts.Template(code)!)))];

    /// <summary>Details made of what stands between the placeholders of all texts, of whole texts, and of what stands in their way.</summary>
    private static readonly Gen<string> Details = Gen.OneOf(
        AnyOf([.. FindingTexts.Codes.SelectMany(code => Literals(FindingTexts.Template(code)!)).Distinct()]),
        AnyOf([.. FindingTexts.Codes.Select(code => FindingTexts.Template(code)!)]),
        AnyOf("\n", "", " ", ".", "[", "], ", "namespace0.0", "namespace1.0 cannot be sized for ")).Array[0, 12].Select(string.Concat);

    [Test]
    public void Codes_OfEveryText_AreThoseOfThePatterns()
    {
        foreach (var code in FindingTexts.Codes)
        {
            var template = FindingTexts.Template(code)!;
            Assert.That(Literals(template), Has.None.Contains("\n"), "a text is one line");
            foreach (var detail in (string[])[template, $"[{template}]", $"a\n{template}\nb", template.Replace(' ', '\n'), template[..^1], template[1..], $"{template} {template}"])
            {
                Assert.That(FaultCodes.In(detail), Is.EqualTo(ByPatterns(detail)), detail);
            }
        }
    }

    [Test]
    public void Codes_OfAnyText_AreThoseOfThePatterns() => Details.Sample(detail => FaultCodes.In(detail).SequenceEqual(ByPatterns(detail)), iter: 2_000);

    [Test]
    public void EveryText_IsIdentified()
    {
        foreach (var code in FindingTexts.Codes)
        {
            Assert.That(FaultCodes.In($"[{FindingTexts.Template(code)!.Replace("${", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}]"), Does.Contain(code));
        }
    }

    [Test]
    public void Fault_OfAVerdict_IsReadBack()
    {
        var verdict = NvdimmPolicy.Check(new PolicyRequest { Operation = HostDeviceOperation.Attach, Vm = new VmDescription { Name = "vm1", Status = VmStatus.Up }, Devices = ["namespace0.0"] });
        var fault = EngineFault.Of(verdict.Findings);
        Assert.That(fault.Status, Is.EqualTo(HttpStatusCode.BadRequest), "400 beats 409");
        Assert.That(fault.Reason, Is.EqualTo("Operation Failed"));
        Assert.That(fault.Detail, Does.StartWith("[Cannot add Host devices because the VM is in Up status., Cannot add Host devices. VM must be pinned to a host."));
        Assert.That(FaultCodes.In(fault.Detail), Is.EqualTo(SeveralCodes));
    }

    [Test]
    public void Fault_OfConflictsOnly_Is409() =>
        Assert.That(EngineFault.Of([Finding.Error(EngineCodes.VmNotPinnedToHost, ("action", "add"), ("type", "Host devices"))]).Status, Is.EqualTo(HttpStatusCode.Conflict));

    [Test]
    public void Fault_OfWarningsOnly_IsACallersBug() => Assert.That(() => EngineFault.Of([Finding.Warning(NvdimmCodes.NoStableIdentity)]), Throws.ArgumentException);

    [TestCase("")]
    [TestCase("[Internal Engine Error]")]
    public void UnknownText_HasNoCode(string detail) => Assert.That(FaultCodes.In(detail), Is.Empty);

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static IEnumerable<string> ByPatterns(string detail) =>
        from pattern in Patterns
        let match = pattern.Pattern.Match(detail)
        where match.Success
        orderby match.Index + match.Length
        select pattern.Code;

    private static string[] Literals(string template) => Regex.Split(template, @"\$\{[A-Za-z]+\}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static Regex PatternOf(string template) =>
        new(string.Join("[^\\n]*?", Literals(template).Select(Regex.Escape)), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(60));
}
