using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;
using Nvdimm.Extensions.Host.Tests.Start;

namespace Nvdimm.Hook.Tests;

/// <summary>Whose device it is, through the real hook: the findings of trials/guard.md, each with its right answer.</summary>
public sealed class OwnershipTests : VmLifeFixture
{
    /// <summary>trials/guard.md 1</summary>
    [Test]
    public void RecordOfAUseThatNamesNoVm_KeepsTheOwner()
    {
        Life.Lives(VmLife.Vm1, 0);
        var record = Life.RecordOf(0);
        var use = new LayoutUse
        {
            Identity = record.Identity,
            Name = record.Name,
            Path = record.Path,
            Layout = record.Layout!,
            LabelHash = record.LabelHash,
            LabelSum = record.LabelSum,
        };
        Life.Host.Ledger.Save(use);
        Assert.That(Life.RecordOf(0).Owner, Is.EqualTo(record.Owner));
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 2</summary>
    [Test]
    public void RefusedStart_AndTheDestroyThatFollows_DoNotAcceptASwap()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0, 1);
        Life.Swap(0, 1);
        var records = Life.Records;
        Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        Life.Stop(VmLife.Vm1, 0, 1);
        Assert.That(Life.Records, Is.EqualTo(records), "nothing ran");
        Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0, 1);
        Life.Report();
        Assert.That(Life.Reported, Is.Empty);
        Life.Swap(0, 1);
        Life.StartsSilently(VmLife.Vm1, 0, 1);
    }

    /// <summary>trials/guard.md 2</summary>
    [Test]
    public void RefusedStart_AndTheDestroyThatFollows_UseUpNoAcceptance()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0);
        Life.Lives(VmLife.Vm2, 1);
        Life.EraseLabels(0);
        Life.Refuses(NvdimmCodes.LayoutLabelsMissing, VmLife.Vm1, 0);
        AcceptMissingLabels(0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm1, 0, 1);
        Life.Stop(VmLife.Vm1, 0, 1);
        Assert.That(Life.RecordOf(0).Accepted, Has.Count.EqualTo(1));
        Life.Starts(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 3a</summary>
    [Test]
    public void NameThatIsAccepted_DoesNotPassForAVmWhosePropertyNamesTheDeviceThatHadIt()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.AddFsdax(1);
        Life.Swap(0, 1);
        Life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(1)}");
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        var line = Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain(NvdimmCodes.IdentityChanged).And.Contain($"should have {HookHost.Uuid(0)}"));
        Assert.That(Life.Records, Has.Count.EqualTo(1), "the fresh device is nobody's");
        Life.Host.Environment["nvdimm"] = null;
        Life.StartsSilently(VmLife.Vm3, 0);
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        Life.StartsSilently(VmLife.Vm1, 1);
    }

    /// <summary>trials/guard.md 3b, 3c</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void DeviceThatThePropertyNames_IsNotPresentBecauseAnotherOneIs(bool isMadeAnew)
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0, 1);
        Life.Host.Environment["nvdimm"] = isMadeAnew ? $"{HookHost.Uuid(0)},{HookHost.Uuid(1)},{Anew}" : $"{HookHost.Uuid(0)},{HookHost.Uuid(1)}";
        if (isMadeAnew)
        {
            Life.GiveUuid(1, Anew);
            Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0, 1);
        }
        else
        {
            Life.Swap(0, 1);
            Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        }
    }

    /// <summary>trials/guard.md 3: one to one.</summary>
    [Test]
    public void OneDevice_IsNotTwoExpectedOnes()
    {
        Life.Host.AddFsdax(1);
        Life.Lives(VmLife.Vm1, 0, 1);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1, 1);
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}, {HookHost.Uuid(0).ToString("D").ToUpperInvariant()}";
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 4: as the report advised, with and without the property; the headers of the three alignments.</summary>
    [TestCase(2)]
    [TestCase(18)]
    [TestCase(34)]
    public void RawAreaUnderAVmsNamespace_IsRefusedToEverybody_WhateverIsAccepted(long header)
    {
        var space = Guid.NewGuid();
        Life.Starts(VmLife.Vm1, 0);
        Life.WriteLabels(0, space);
        Life.Stop(VmLife.Vm1, 0);
        Life.FallBack(0, space, header << 20);
        Life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{VmLife.RawUuid(0)}");
        Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm2, 0);
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
        Life.Host.Environment["nvdimm"] = $"{VmLife.RawUuid(0)}";
        Life.Refuses(NvdimmCodes.FellBackToRaw, VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 5</summary>
    [Test]
    public void CloneThatCarriesThePropertyAlong_DoesNotGetTheDevice()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.Environment["nvdimm"] = $"{HookHost.Uuid(0)}";
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 6: every host has a namespace0.0.</summary>
    [Test]
    public void RecordOfAnotherHost_IsInNobodysWay()
    {
        const string Other = "1234567890abcdef1234567890abcdef";
        StateFolder.Make(Life.Host.State, Other);
        var other = new LayoutLedger(Life.Host.State, TimeProvider.System, Other);
        Life.Starts(VmLife.Vm1, 0);
        var record = Life.RecordOf(0);
        Life.Host.Ledger.Forget(record.Identity);
        Life.Stop(VmLife.Vm1, 0);
        Assert.That(DeviceIdentity.TryParse("name-namespace0.0", out var name), Is.True);
        other.Save(new LayoutUse
        {
            Identity = name!,
            Name = record.Name,
            Path = record.Path,
            Layout = record.Layout!,
            VmId = VmLife.Vm1,
            VmName = "one",
        });
        Life.WriteLabels(0, Guid.NewGuid());
        Life.Starts(VmLife.Vm2, 0);
        Assert.That(Life.RecordOf(0).VmId, Is.EqualTo(VmLife.Vm2));
    }

    /// <summary>trials/guard.md 8: a namespace made anew under another name, and under the old one.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void LabelsThatAnotherVmsRecordKnows_AreRefused(bool isOldName)
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.GiveUuid(0, Anew);
        if (!isOldName)
        {
            Life.Host.AddFsdax(1);
            Life.Swap(0, 1);
        }

        var line = Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, isOldName ? 0 : 1);
        Assert.That(line, Does.Contain($"uuid-{HookHost.Uuid(0)}").And.Contain("the guest's labels").And.Contain("nvdimm layout give"));
    }

    /// <summary>trials/guard.md 8: neither device has a uuid, and each has the labels of the other's VM.</summary>
    [Test]
    public void DevicesWithoutUuid_ThatHaveSwappedNames_AreRefused()
    {
        WithoutUuid(0);
        Life.Host.AddFsdax(1);
        WithoutUuid(1);
        Life.Lives(VmLife.Vm1, 0);
        Life.Lives(VmLife.Vm2, 1);
        Life.Swap(0, 1);
        Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 1);
        Life.Swap(0, 1);
        Life.Starts(VmLife.Vm1, 0);
        Life.Starts(VmLife.Vm2, 1);
    }

    /// <summary>trials/guard.md 8: a device that gets a uuid, or loses it. Another VM is refused; the owner comes without its device, which is said.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void DeviceThatGetsOrLosesItsUuid_StaysTheOwners(bool gets)
    {
        if (gets)
        {
            WithoutUuid(0);
        }

        Life.Lives(VmLife.Vm1, 0);
        if (gets)
        {
            Life.GiveUuid(0, Anew);
        }
        else
        {
            WithoutUuid(0);
        }

        Life.Refuses(NvdimmCodes.IdentityUncertain, VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 9</summary>
    [Test]
    public void LabelsThatTheGuestErased_AreAcceptedOnce()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.EraseLabels(0);
        Life.Refuses(NvdimmCodes.LayoutLabelsMissing, VmLife.Vm1, 0);
        AcceptMissingLabels(0);
        Life.Starts(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 10</summary>
    [Test]
    public void TwoNamespacesWithOneUuid_AreRefusedToEverybody()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.AddFsdax(1, uuid: HookHost.Uuid(0));
        var line = Life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm1, 0);
        Assert.That(line, Does.Contain("namespace0.0 and namespace1.0"));
        Life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm1, 1);
        Life.Refuses(NvdimmCodes.IdentityTwice, VmLife.Vm2, 1);
        Life.GiveUuid(1, Anew);
        Life.StartsSilently(VmLife.Vm1, 0);
    }

    /// <summary>trials/guard.md 11</summary>
    [Test]
    public void StateFolderThatIsGone_IsMadeByNoHook_AndNoDeviceIsTakenForANewOne()
    {
        Life.Lives(VmLife.Vm1, 0);
        Directory.Delete(Life.Host.State, recursive: true);
        using var qemu = new FakeQemu(Life.Host.Root, "pmem-vm", VmLife.Vm1, Life.Host.Device(0));
        foreach (var point in HookPoints.Names)
        {
            Life.Host.Run(point, point == "after_hostdev_list_by_caps" ? "{}" : Life.Host.Domain("engine-one.xml"));
            Assert.That(Directory.Exists(Life.Host.State), Is.False, point);
        }

        Life.Report();
        Assert.That(Life.Start(VmLife.Vm2, 0).Status, Is.EqualTo(ExitStatus.Refused));

        // What systemd-tmpfiles makes at the next boot has no marker.
        Directory.CreateDirectory(Life.Host.State);
        Life.Host.Environment["vmId"] = VmLife.Vm2;
        var line = Life.Host.AssertRefused("before_vm_start", Life.Host.Domain("engine-one.xml"), NvdimmCodes.StateFolderForeign);
        Assert.That(line, Does.Contain("Restore the folder from a backup"));
    }

    /// <summary>trials/guard.md 12: a setting is needed for one start only.</summary>
    [Test]
    public void NameThatIsAccepted_ReplacesWhatIsExpected_AndIsNotNeededAgain()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.EraseLabels(0);
        Life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{Guid.NewGuid():D}\n");
        Life.GiveUuid(0, HookHost.Uuid(5));
        Life.Refuses(NvdimmCodes.IdentityChanged, VmLife.Vm1, 0);
        Life.Host.Configure("unverified-hypervisor = warn", $"accept-names = namespace0.0:{HookHost.Uuid(5)}");
        Life.StartsSilently(VmLife.Vm1, 0);
        Assert.That((Life.RecordOf(0).ReplacedBy, Life.RecordOf(0).IsExpected), Is.EqualTo((Life.RecordOf(5).Identity, false)));
        Life.Stop(VmLife.Vm1, 0);
        Life.Host.Configure("unverified-hypervisor = warn");
        Life.StartsSilently(VmLife.Vm1, 0);
        Life.Stop(VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.UsedByOtherVm, VmLife.Vm2, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1);
    }

    /// <summary>trials/guard.md 12: which of two records of one name counts does not depend on their uuids.</summary>
    [TestCase("01000000-82b6-40ad-8962-6f0412bab47d")]
    [TestCase("ffffffff-82b6-40ad-8962-6f0412bab47d")]
    public void RecordOfEarlierThatHadTheName_IsInNobodysWay(string earlier)
    {
        Life.GiveUuid(0, Guid.Parse(earlier));
        Life.Lives(VmLife.Vm1, 0);
        Life.Host.Ledger.Give(Life.Records.Single().Identity, "namespace0.0", Life.Host.Device(0), owner: null, [], []);
        Life.EraseLabels(0);
        Life.Host.Write("sys/devices/ndbus0/region0/namespace0.0/uuid", $"{Guid.NewGuid():D}\n");
        Life.GiveUuid(0, HookHost.Uuid(0));
        Life.Starts(VmLife.Vm2, 0);
        Life.Stop(VmLife.Vm2, 0);
        Life.Report();
        Assert.That(Life.Reported, Is.EqualTo(new[] { "namespace0.0" }));
        Life.StartsSilently(VmLife.Vm2, 0);
    }

    /// <summary>trials/guard.md 12</summary>
    [Test]
    public void IdOfAVmInAnotherCase_IsTheSameVm()
    {
        Life.Lives(VmLife.Vm1, 0);
        Life.Refuses(NvdimmCodes.SilentlyDetached, VmLife.Vm1.ToUpperInvariant());
        Life.StartsSilently(VmLife.Vm1.ToUpperInvariant(), 0);
    }

    private void AcceptMissingLabels(int number)
    {
        var record = Life.RecordOf(number);
        var finding = Finding.Error(NvdimmCodes.LayoutLabelsMissing, ("device", record.Name), ("offset", $"{RowNames.EngineOffset}"),
            ("labels", record.LabelHash!));
        Life.Host.Ledger.Accept(record.Identity, record.Name, record.Path, [finding], "root");
    }

    private void WithoutUuid(int number)
    {
        Life.Host.Write($"{Life.Host.Pfn(number)}/uuid", "\n");
        Life.Host.Write($"sys/devices/ndbus0/region{number}/namespace{number}.0/uuid", "\n");
    }
}
