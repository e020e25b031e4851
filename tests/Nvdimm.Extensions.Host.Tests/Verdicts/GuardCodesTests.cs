using Nvdimm.Extensions.Host.Tests.Ledger;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Extensions.Host.Tests.Verdicts;

/// <summary>The table of what codes mean.</summary>
public sealed class GuardCodesTests : LedgerFixture
{
    private static readonly GuardVerdict[] BySeverity =
        [GuardVerdict.Foreign, GuardVerdict.Ambiguous, GuardVerdict.Moved, GuardVerdict.Resized, GuardVerdict.Unknown];

    private static IEnumerable<string> Codes => GuardCodes.All.Select(row => row.Code);

    private static IEnumerable<string> Acceptable => GuardCodes.All.Where(row => row.IsAcceptable).Select(row => row.Code);

    [Test]
    public void Rows_StandOnce_AndHaveATextThatNamesTheirProse()
    {
        Assert.That(Codes, Is.Unique);
        foreach (var row in GuardCodes.All)
        {
            var text = FindingTexts.Template(row.Code);
            Assert.That(text, Is.Not.Null, row.Code);
            var prose = row.TextArguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(prose.Where(name => !text!.Contains($"${{{name}}}", StringComparison.Ordinal)), Is.Empty, row.Code);
            Assert.That(row.OutlastsUse && !row.IsAcceptable, Is.False, $"{row.Code}: an acceptance of what cannot be accepted");
        }
    }

    /// <summary>What LAYOUTS.md says of the order.</summary>
    [Test]
    public void Verdict_IsTheMostSevere()
    {
        for (var first = 0; first < BySeverity.Length; first++)
        {
            var rows = GuardCodes.All.Where(row => GuardCodes.IsGood(row.Verdict) || Array.IndexOf(BySeverity, row.Verdict) >= first);
            var findings = rows.Select(row => Finding.Error(row.Code)).ToList();
            Assert.That(GuardCodes.MostSevere(findings), Is.EqualTo(BySeverity[first]));
        }

        Assert.That(GuardCodes.MostSevere([Finding.Warning(NvdimmCodes.LayoutNotRecorded), Finding.Warning("NVDIMM_NO_SUCH_CODE")]), Is.Null);
        Assert.That(Enum.GetValues<GuardVerdict>().Where(GuardCodes.IsGood), Is.EqualTo([GuardVerdict.FirstUse, GuardVerdict.Same]));
    }

    [TestCaseSource(nameof(Acceptable))]
    public void Acceptance_LastsAsLongAsTheRowSays(string code)
    {
        var finding = Finding.Error(code, ("device", "namespace0.0"), ("offset", "4096"));
        Ledger.Save(Samples.Use());
        Assert.That(Ledger.Accept(Samples.Identity(), "x", "y", [finding], "root").Record!.Accepts(finding), Is.True);
        Assert.That(Ledger.Save(Samples.Use()).Record!.Accepts(finding), Is.EqualTo(GuardCodes.Find(code)!.OutlastsUse));
    }

    [Test]
    public void WhatCannotBeRead_IsNotAcceptedExceptTheDeviceItself() => Assert.That(
        GuardCodes.All.Where(row => row is { IsUnreadable: true, IsAcceptable: true }).Select(row => row.Code), Is.EqualTo([NvdimmCodes.LayoutUnreadable]));

    /// <summary>A text that is worded otherwise voids nothing; another offset does.</summary>
    [Test]
    public void Acceptance_DoesNotDependOnTextsForPeople()
    {
        foreach (var row in GuardCodes.All.Where(row => row is { IsAcceptable: true, TextArguments.Length: > 0 }))
        {
            Ledger.Accept(Samples.Identity(), "x", "y", [Of("1", "a wording")], "root");
            var record = Ledger.Find(Samples.Identity()).Record!;
            Assert.That((record.Accepts(Of("1", "another wording")), record.Accepts(Of("2", "a wording"))), Is.EqualTo((true, false)), row.Code);

            Finding Of(string offset, string text) =>
                Finding.Error(row.Code, [("offset", offset), .. row.TextArguments.Split(' ').Select(name => new FindingArgument(name, text))]);
        }
    }
}
