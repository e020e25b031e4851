using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests.Start;

/// <summary>The table of the start decision, through the pure function alone: no file is read.</summary>
public sealed class StartDecisionTableTests
{
    private static readonly string[] Groups = ["ledger", "labels", "acceptance", "content", "domain", "owner", "host", "POWER"];

    private static IEnumerable<TestCaseData> Rows => StartRows.All.Select(row => new TestCaseData(row.Row).SetArgDisplayNames($"{row.Group}: {row.Row}"));

    [TestCaseSource(nameof(Rows))]
    public void Row_IsDecidedAsItSays(object row) => Check((StartRow)row, ((StartRow)row).Decide());

    [Test]
    public void Table_IsLarge_NamedOnce_AndEveryRowHasASource()
    {
        var rows = StartRows.All;
        Assert.That(rows, Has.Count.AtLeast(150));
        Assert.That(rows.Select(row => row.Row.Name), Is.Unique.And.None.Empty);
        Assert.That(rows.Select(row => row.Row.Source), Has.None.Empty);
        Assert.That(rows.Select(row => row.Group).Distinct(), Is.EquivalentTo(Groups));
        Assert.That(StartRows.ForEveryFrontEnd.Count(), Is.AtLeast(rows.Count / 3), "rows that hook, tool and development engine are asked with");
    }

    private static void Check(StartRow row, StartDecision decision) => Assert.Multiple(() =>
    {
        var said = string.Join('\n', decision.Findings.Select(finding => $"{finding.Severity} {finding.Code}: {finding.Message}"));
        Assert.That(decision.Outcome, Is.EqualTo(row.Outcome), said);
        Assert.That(decision.IsAllowed, Is.EqualTo(row.Outcome != StartOutcome.Refused));
        Assert.That(decision.Refusals.Select(finding => finding.Code).Distinct(), Is.EquivalentTo(row.Refusals), said);
        Assert.That(decision.Findings.Where(finding => finding.Severity == Severity.Warning).Select(finding => finding.Code).Distinct(), Is.EquivalentTo(row.Warnings), said);
        Assert.That(decision.Alternative?.Layout.LabelOffset.Bytes, Is.EqualTo(row.AdvisedOffset), said);
        Assert.That(decision.OwnFindings.Concat(decision.Advice).Select(finding => finding.Message), Has.None.Contains("${"));
        if (decision.IsAllowed)
        {
            Assert.That(decision.KeptFrom, Is.EqualTo(row.KeptFrom));
            Assert.That(decision.Layout?.LabelOffset.Bytes, Is.EqualTo(row.LabelOffset));
            Assert.That(decision.Layout?.GuestSize.Bytes, Is.EqualTo(row.GuestSize));
            Assert.That(decision.GuestUuid, Is.EqualTo(row.GuestUuid));
        }
    });
}
