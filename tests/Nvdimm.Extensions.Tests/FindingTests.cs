namespace Nvdimm.Extensions.Tests;

public sealed class FindingTests
{
    [Test]
    public void Message_HasTheArguments()
    {
        var finding = Finding.Error(NvdimmCodes.AlreadyAttached, ("device", "namespace0.0"), ("vm", "db1"));
        Assert.That(finding.Message, Is.EqualTo("namespace0.0 is attached to db1 already."));
        Assert.That(finding.ToString(), Is.EqualTo("NVDIMM_ALREADY_ATTACHED: namespace0.0 is attached to db1 already."));
        Assert.That((finding["vm"], finding["other"]), Is.EqualTo(("db1", (string?)null)));
    }

    [Test]
    public void Message_ArgumentThatLooksLikeAPlaceholder_IsNotFilledAgain() => Assert.That(
        Finding.Error(NvdimmCodes.AlreadyAttached, ("device", "${vm}"), ("vm", "db1")).Message,
        Is.EqualTo("${vm} is attached to db1 already."));

    [Test]
    public void Message_MissingArgument_StaysVisible() =>
        Assert.That(Finding.Warning(NvdimmCodes.AlreadyAttached).Message, Is.EqualTo("${device} is attached to ${vm} already."));

    [TestCase("1023", "1023 bytes")]
    [TestCase("262144000", "250 MiB = 262144000 bytes")]
    [TestCase("many", "many bytes")]
    public void Message_Bytes_HaveAUnitToo(string bytes, string text) => Assert.That(
        Finding.Error(NvdimmCodes.DeviceTooSmall, ("deviceSize", bytes), ("align", "2097152")).Message,
        Is.EqualTo($"A device of {text} is too small: with alignment 2097152, nothing is left for the guest beside the label."));

    [Test]
    public void Message_UnknownCode_IsCodeAndArguments() =>
        Assert.That(Finding.Error("NVDIMM_NEWER", ("a", "1")).Message, Is.EqualTo("NVDIMM_NEWER [a=1]"));

    [Test]
    public void Equality_IsByValue()
    {
        var finding = Finding.Error("X", ("a", "1"));
        Assert.That(finding, Is.EqualTo(new Finding("X", Severity.Error, [("a", "1")])));
        Assert.That(finding, Is.Not.EqualTo(Finding.Error("X", ("a", "2"))));
        Assert.That(Finding.Error("X"), Is.Not.EqualTo(Finding.Warning("X")));
    }

    [Test]
    public void Codes_AreThoseWithAText()
    {
        Assert.That(FindingTexts.Codes, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(FindingTexts.Codes.Select(FindingTexts.Template), Has.None.Null);
        Assert.That(FindingTexts.Template("NVDIMM_NEWER"), Is.Null);
        Assert.That(() => FindingTexts.Format(null!), Throws.ArgumentNullException);
    }
}
