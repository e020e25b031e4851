using System.Net;
using Nvdimm.Extensions.Engine.Faults;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Tests.Faults;

public sealed class FaultCodesTests
{
    private static readonly string[] SeveralCodes = [EngineCodes.VmStatusIllegal, EngineCodes.VmNotPinnedToHost, EngineCodes.NumaUnavailable];

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
        var verdict = NvdimmPolicy.Evaluate(new PolicyRequest { Operation = NvdimmOperation.Attach, Vm = new VmDescription { Name = "vm1", Status = VmStatus.Up }, Devices = ["namespace0.0"] });
        var fault = EngineFault.Of(verdict.Violations);
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
}
