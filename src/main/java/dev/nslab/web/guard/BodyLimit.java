package dev.nslab.web.guard;

import dev.nslab.web.problem.ProblemType;
import dev.nslab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that are larger than any valid request: Tomcat limits only those of forms. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
class BodyLimit extends OncePerRequestFilter {

    /** A prediction has some hundred bytes. */
    private static final DataSize MOST = DataSize.ofKilobytes(16);

    /** A terminal's command has up to 8,192 characters, each of which JSON may write in six bytes. */
    private static final DataSize MOST_OF_A_COMMAND = DataSize.ofKilobytes(64);

    private final ProblemWriter problems;

    BodyLimit(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize most = request.getServletPath().endsWith("/terminals") ? MOST_OF_A_COMMAND : MOST;
        long told = request.getContentLengthLong();
        if (told > most.toBytes()) {
            refuse(most, response);
        } else if (told >= 0 || request.getHeader("Transfer-Encoding") == null) {
            chain.doFilter(request, response);
        } else {
            byte[] body = request.getInputStream().readNBytes((int) most.toBytes() + 1);
            if (body.length > most.toBytes()) {
                refuse(most, response);
            } else {
                chain.doFilter(new Read(request, body), response);
            }
        }
    }

    private void refuse(DataSize most, HttpServletResponse response) throws IOException {
        ProblemDetail problem = ProblemType.TOO_LARGE.with("The body is larger than " + most.toKilobytes() + " KB.");
        problems.write(problem, response);
    }

    /** A body whose size was not announced (chunked), and that has been read already. */
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ReadStream(body);
        }
    }

    private static final class ReadStream extends ServletInputStream {

        private final ByteArrayInputStream body;

        ReadStream(byte[] body) {
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return body.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("no request of ours is read asynchronously");
        }
    }
}
