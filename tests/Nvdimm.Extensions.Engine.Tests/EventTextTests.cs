using System.Globalization;
using Nvdimm.Extensions.Engine.Models;

namespace Nvdimm.Extensions.Engine.Tests;

public sealed class EventTextTests
{
    [Test]
    public void ToString_IsIndependentOfTheCulture()
    {
        var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        strange.NumberFormat.NegativeSign = "~";
        strange.DateTimeFormat.ShortDatePattern = "'year' yyyy";
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = strange;
            var time = new DateTimeOffset(2026, 11, 29, 1, 2, 3, TimeSpan.Zero);
            var listed = new OvirtEvent(7, "text") { CustomId = -5, Time = time, VmId = "v1" };
            Assert.That($"{listed}", Is.EqualTo(
                "OvirtEvent { Id = 7, Description = text, Code = , Severity = , Origin = , CustomId = -5, "
                + "Time = 2026-11-29T01:02:03.0000000+00:00, VmId = v1, HostId =  }"));
            Assert.That($"{new NewOvirtEvent
            {
                Description = "text",
                Severity = OvirtEventSeverity.Alert,
                Origin = "me",
                CustomId = -5,
            }}", Is.EqualTo(
                "NewOvirtEvent { Description = text, Severity = Alert, Origin = me, CustomId = -5, VmId = , HostId =  }"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
