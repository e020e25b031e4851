using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Tls;

/// <summary>The certificate of the authority, for clients that do not have it yet (oVirt Engine 4.5, <c>PKIResourceServlet</c>).</summary>
internal static class PkiResource
{
    /// <summary>Adds the endpoint. Without TLS there is no certificate.</summary>
    public static void MapPkiResource(this IEndpointRouteBuilder routes, CertificateAuthority? authority) =>
        routes.MapGet($"{ApiPaths.Engine}/services/pki-resource", (string? resource, string? format) => (resource, format) switch
        {
            ("ca-certificate", null or "X509-PEM-CA" or "X509-PEM") when authority is not null =>
                Results.Text(authority.Pem, "application/x-x509-ca-cert"),
            ("ca-certificate", null or "X509-PEM-CA" or "X509-PEM") =>
                Results.Text("This engine is served without TLS and has no certificate.\n", statusCode: StatusCodes.Status404NotFound),
            _ => Results.Text(
                "Only resource=ca-certificate with format=X509-PEM-CA is known.\n", statusCode: StatusCodes.Status400BadRequest),
        }).AllowAnonymous();
}
